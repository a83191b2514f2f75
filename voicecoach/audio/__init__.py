"""Microphones and loudspeakers: real, from files, scripted."""
