"""What the trainee did: words and timing in, detections out."""
