/* How long the worker was really at a unit, what they pasted into it, and how much time is left for it. */

import { $, showTitle, speak } from "./screen.js";

const IDLE = 60; // seconds without a sign of life that still count as work

/** Measures the work on one unit. Active: page visible and focused, and a sign of life within the last minute. */
export const work = {
  agent: null,
  startedAt: "",
  active: 0,
  pasted: new Set(),
  lastSign: 0,
  lastTick: 0,

  begin(agent, saved) {
    const isSame = saved?.agent === agent;
    work.agent = agent;
    work.startedAt = isSame ? saved.startedAt : new Date().toISOString();
    work.active = isSame ? saved.active : 0;
    work.pasted = new Set(saved?.pasted);
    work.lastTick = Date.now();
    work.sign();
  },

  sign() {
    work.lastSign = Date.now();
    showTitle();
  },

  tick() {
    const now = Date.now();
    // A longer gap was a sleep of the machine.
    const passed = Math.min(now - work.lastTick, 2000) / 1000;
    work.lastTick = now;
    const isHere = document.visibilityState === "visible" && document.hasFocus();
    if (work.agent !== null && isHere && now - work.lastSign < IDLE * 1000) work.active += passed;
  },

  kept: () => ({ agent: work.agent, startedAt: work.startedAt, active: work.active, pasted: [...work.pasted] }),

  told() {
    work.tick();
    return {
      started_at: work.startedAt,
      ended_at: new Date().toISOString(),
      active_seconds: Math.round(work.active * 10) / 10,
      pasted: [...work.pasted],
    };
  },
};

for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "scroll", "touchmove"]) {
  window.addEventListener(kind, (event) => event.isTrusted && work.sign(), { capture: true, passive: true });
}

/** Time left: a calm line, told aloud at five minutes and at one, in words and colour when it ends. */
export const timeLeft = {
  end: null,
  toTell: [],
  onEnd: () => {},

  begin(seconds, onEnd) {
    timeLeft.end = seconds == null ? null : Date.now() + seconds * 1000;
    timeLeft.toTell = [300, 60].filter((limit) => seconds > limit);
    timeLeft.onEnd = onEnd;
    timeLeft.tick();
  },

  tick() {
    const line = $("time");
    line.hidden = timeLeft.end === null;
    if (line.hidden) return;
    const left = Math.max(0, Math.ceil((timeLeft.end - Date.now()) / 1000));
    const text = timeLeft.words(left);
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("soon", left <= 60);
    while (timeLeft.toTell.length && left <= timeLeft.toTell[0]) {
      const limit = timeLeft.toTell.shift();
      if (!(left <= timeLeft.toTell[0])) speak(limit === 60 ? "1 minute left." : "5 minutes left.");
    }
    if (left === 0) {
      const { onEnd } = timeLeft;
      timeLeft.onEnd = () => {};
      onEnd();
    }
  },

  isUp: () => timeLeft.end !== null && Date.now() >= timeLeft.end,

  words(left) {
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) return "Time is up";
    if (left <= 60) return `Ends soon: ${clock}`;
    if (left < 120) return `${clock} left`;
    const minutes = Math.floor(left / 60);
    return minutes < 60 ? `${minutes} min left` : `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
  },
};

setInterval(() => {
  work.tick();
  timeLeft.tick();
}, 1000);
