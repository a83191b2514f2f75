"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var root = document.documentElement;
  var soundBlock = document.getElementById("sound");
  var audio = null, wave = null, plot = null, stopAt = null, chosen = -1;

  // ------------------------------------------------------------------------------------------------------- colours

  function colour(name) { return getComputedStyle(root).getPropertyValue("--" + name).trim(); }

  function isDark() {
    if (root.dataset.theme === "auto") return matchMedia("(prefers-color-scheme: dark)").matches;
    return root.dataset.theme === "dark";
  }

  var themeButton = document.getElementById("theme");
  function tellTheme() {
    themeButton.textContent = isDark() ? "Light" : "Dark";
    themeButton.setAttribute("aria-label", isDark() ? "Switch to a light page" : "Switch to a dark page");
    themeButton.removeAttribute("aria-pressed");
  }
  themeButton.hidden = false;
  themeButton.addEventListener("click", function () {
    root.dataset.theme = isDark() ? "light" : "dark";
    repaint();
  });
  function repaint() {
    tellTheme();
    if (plot) plot.redraw(false);
    if (wave) wave.setOptions(waveColours());
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  matchMedia("print").addEventListener("change", repaint);

  // --------------------------------------------------------------------------------------------------------- sound

  function clock(seconds) {
    var whole = Math.max(0, Math.floor(seconds));
    return Math.floor(whole / 60) + ":" + String(whole % 60).padStart(2, "0");
  }

  function prepareSound() {
    var text = atob(soundBlock.textContent.trim());
    var bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    soundBlock.textContent = "";
    audio = new Audio(URL.createObjectURL(new Blob([bytes], { type: soundBlock.dataset.type })));
    audio.preload = "auto";
    audio.id = "audio";
    window.voicecoachAudio = audio;
    audio.addEventListener("timeupdate", follow);
    audio.addEventListener("play", tellPlaying);
    audio.addEventListener("pause", tellPlaying);
    var seek = document.getElementById("seek");
    seek.addEventListener("input", function () { audio.currentTime = Number(seek.value); });
    document.getElementById("back").addEventListener("click", function () {
      audio.currentTime = Math.max(0, audio.currentTime - 5);
    });
    document.getElementById("toggle").addEventListener("click", function () {
      if (audio.paused) audio.play(); else audio.pause();
    });
  }

  function hear(seconds) {
    if (!audio) return;
    audio.currentTime = Math.max(0, seconds);
    audio.play();
  }

  function tellPlaying() {
    document.getElementById("toggle").textContent = audio.paused ? "Play" : "Pause";
    if (!audio.paused) frame();
  }

  function frame() {
    follow();
    if (!audio.paused) requestAnimationFrame(frame);
  }

  var words = Array.prototype.slice.call(document.querySelectorAll(".w"));
  var wordTimes = words.map(function (word) { return Number(word.dataset.at); });
  var lit = -1;

  function follow() {
    var now = audio.currentTime;
    var seek = document.getElementById("seek");
    seek.value = now;
    seek.setAttribute("aria-valuetext", clock(now) + " of " + clock(data.seconds));
    document.getElementById("clock").textContent = clock(now);
    placeCursor(now);
    var at = -1;
    for (var low = 0, high = wordTimes.length - 1; low <= high;) {
      var middle = (low + high) >> 1;
      if (wordTimes[middle] <= now) { at = middle; low = middle + 1; } else high = middle - 1;
    }
    if (at !== lit) {
      if (lit >= 0) words[lit].classList.remove("on");
      if (at >= 0 && !audio.paused) words[at].classList.add("on");
      lit = at;
    }
  }

  // --------------------------------------------------------------------------------------------------- the curve

  var LEFT = 44, cursor = null;

  function placeCursor(now) {
    if (!plot || !cursor) return;
    cursor.style.transform = "translateX(" + plot.valToPos(now, "x") + "px)";
  }

  function joined() {
    var tables = [data.curve];
    if (data.ideal) tables.push(data.ideal);
    if (data.earlier) tables.push(data.earlier);
    return uPlot.join(tables);
  }

  function drawSteps(u) {
    var context = u.ctx, size = 5 * devicePixelRatio;
    context.save();
    data.steps.forEach(function (step, index) {
      if (Math.abs(step.own) < 0.05 && index !== chosen) return;
      var x = u.valToPos(step.t, "x", true), y = u.valToPos(step.after, "y", true);
      var big = index === chosen ? size * 1.7 : size, down = step.own < 0;
      context.fillStyle = colour(down ? "down" : "up");
      context.beginPath();
      context.moveTo(x - big, y + (down ? -big : big));
      context.lineTo(x + big, y + (down ? -big : big));
      context.lineTo(x, y + (down ? big : -big));
      context.fill();
      if (index === chosen) {
        context.strokeStyle = colour("ink");
        context.lineWidth = 2 * devicePixelRatio;
        context.closePath();
        context.stroke();
      }
    });
    context.restore();
  }

  function drawBands(u) {
    var context = u.ctx;
    context.save();
    context.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
    context.fillStyle = colour("soft");
    context.textAlign = "right";
    data.bands.forEach(function (band) {
      var y = u.valToPos(band.from, "y", true);
      context.fillText(band.name, u.bbox.left + u.bbox.width - 4 * devicePixelRatio, y - 4 * devicePixelRatio);
    });
    context.restore();
  }

  function axis(extra) {
    return Object.assign({
      stroke: function () { return colour("soft"); },
      grid: { stroke: function () { return colour("line"); }, width: 1 },
      ticks: { show: false }, font: "12px system-ui, sans-serif"
    }, extra);
  }

  function drawCurve() {
    var place = document.getElementById("curve");
    var series = [{}, {
      label: "anger", width: 2.5, spanGaps: true, points: { show: false },
      stroke: function () { return colour("accent"); }
    }];
    if (data.ideal) series.push({
      label: "expert", width: 1.5, dash: [5, 5], spanGaps: true, points: { show: false },
      stroke: function () { return colour("dim"); }
    });
    if (data.earlier) series.push({
      label: "earlier", width: 1.5, dash: [2, 3], spanGaps: true, points: { show: false },
      stroke: function () { return colour("up"); }
    });
    plot = new uPlot({
      width: place.clientWidth, height: 240, padding: [8, 0, 0, 0], series: series, legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
      scales: { x: { time: false, range: [data.from, Math.max(data.seconds, data.to)] }, y: { range: [0, 10] } },
      axes: [
        axis({ size: 26, values: function (u, ticks) { return ticks.map(clock); }, incrs: [5, 10, 15, 30, 60, 120, 300, 600] }),
        axis({ size: LEFT, splits: [0, 2, 4, 6, 8, 10] })
      ],
      hooks: { drawAxes: [drawBands], draw: [drawSteps] }
    }, joined(), place);
    cursor = document.createElement("div");
    cursor.className = "now";
    cursor.style.cssText = "position:absolute;top:0;bottom:0;width:2px;pointer-events:none;background:var(--ink);opacity:.6;";
    cursor.hidden = !audio;
    plot.over.appendChild(cursor);
    plot.over.addEventListener("click", function (event) {
      var x = event.clientX - plot.over.getBoundingClientRect().left;
      choose(nearest(x));
    });
    new ResizeObserver(function () {
      plot.setSize({ width: place.clientWidth, height: 240 });
      if (audio) placeCursor(audio.currentTime);
    }).observe(place);
  }

  function nearest(x) {
    var best = -1, distance = Infinity;
    data.steps.forEach(function (step, index) {
      var away = Math.abs(plot.valToPos(step.t, "x") - x);
      if (away < distance) { distance = away; best = index; }
    });
    return best;
  }

  function choose(index) {
    if (index < 0) return;
    mark(index);
    var item = document.getElementById("step-" + index);
    item.querySelector("details").open = true;
    hear(data.steps[index].start);
    item.scrollIntoView({ block: "nearest" });
  }

  function mark(index) {
    var before = document.querySelector("ol.steps > li.on");
    if (before) { before.classList.remove("on"); before.removeAttribute("aria-current"); }
    var item = document.getElementById("step-" + index);
    item.classList.add("on");
    item.setAttribute("aria-current", "true");
    chosen = index;
    plot.redraw(false);
  }

  // ------------------------------------------------------------------------------------------------- the waveform

  function waveColours() {
    return { splitChannels: [
      { waveColor: colour("you"), progressColor: colour("you"), height: 34 },
      { waveColor: colour("caller"), progressColor: colour("caller"), height: 34 }
    ], cursorColor: colour("ink") };
  }

  function drawWave() {
    var place = document.getElementById("wave");
    // The waveform shares the time axis of the curve: it takes its part of the width.
    var span = Math.max(data.seconds, data.to) - data.from;
    place.style.marginLeft = "calc(" + LEFT + "px + (100% - " + LEFT + "px) * " + (0 - data.from) / span + ")";
    place.style.width = "calc((100% - " + LEFT + "px) * " + data.seconds / span + ")";
    wave = WaveSurfer.create(Object.assign({
      container: place, media: audio, peaks: data.peaks, duration: data.seconds, cspNonce: data.nonce,
      height: 34, barWidth: 2, barGap: 1, cursorWidth: 2, normalize: false, hideScrollbar: true
    }, waveColours()));
    wave.on("interaction", function () { audio.play(); });
  }

  // -------------------------------------------------------------------------------------------------- whole page

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-at]");
    if (!target || !audio) return;
    if (target.classList.contains("w") && String(getSelection())) return;
    var step = target.closest("ol.steps > li");
    if (step) mark(Number(step.dataset.index));
    hear(Number(target.dataset.at));
  });

  var closed = [];
  addEventListener("beforeprint", function () {
    closed = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    closed.forEach(function (each) { each.open = true; });
    repaint();
  });
  addEventListener("afterprint", function () {
    closed.forEach(function (each) { each.open = false; });
    repaint();
  });

  tellTheme();
  if (soundBlock) prepareSound();
  drawCurve();
  if (soundBlock) drawWave();
  root.dataset.ready = "yes";
})();
