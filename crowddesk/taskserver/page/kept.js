/* What this device remembers of a run, over reloads and closed pages, and who is signed in here. */

const RUN = location.pathname;
const DAY = 86_400_000;

/** Who works on this page now; no session: nobody. */
export const visitor = { session: null, worker: "" };

/** JSON values by name, in localStorage; in memory alone where the browser allows or holds no more. */
export const kept = {
  works: true,
  memory: new Map(),
  key: (name) => `crowddesk ${RUN} ${name}`,

  get(name) {
    if (kept.memory.has(name)) return kept.memory.get(name);
    try {
      return JSON.parse(localStorage.getItem(kept.key(name)));
    } catch {
      return null;
    }
  },

  set(name, value) {
    try {
      localStorage.setItem(kept.key(name), JSON.stringify(value));
      kept.memory.delete(name);
    } catch {
      kept.drop(name);
      kept.memory.set(name, value);
      kept.works = false;
    }
  },

  /** Whether a page that is loaded anew still finds it. */
  lasts(name) {
    return !kept.memory.has(name) && kept.get(name) !== null;
  },

  drop(name) {
    kept.memory.delete(name);
    try {
      localStorage.removeItem(kept.key(name));
    } catch {
      kept.works = false;
    }
  },

  /** Drafts of any run that nobody went on with for 30 days. */
  sweep() {
    try {
      for (const key of Object.keys(localStorage)) {
        if (!/^crowddesk \S+ draft /.test(key)) continue;
        const at = JSON.parse(localStorage.getItem(key))?.at;
        if (!(Date.now() - at < 30 * DAY)) localStorage.removeItem(key);
      }
    } catch {
      kept.works = false;
    }
  },
};
