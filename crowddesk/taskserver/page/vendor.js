/* The vendor's wrap_crowd_source.js, of which any part may be missing. */

/** Whether the vendor's wrapper has a function. */
export const has = (name) => typeof window[name] === "function";

/** A function of the vendor's wrap_crowd_source.js; null when it is missing or fails: that must not stop the work. */
export function wrapper(name, ...values) {
  try {
    const told = has(name) ? window[name](...values) : null;
    Promise.resolve(told).catch(console.error);
    return told ?? null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** Who the link says it is for, or null. What is after the #, as a code is, leaves the address bar. */
export function registrationFromLink() {
  const code = new URLSearchParams(location.hash.slice(1)).get("code");
  const name = wrapper("getWorkerName");
  const found =
    wrapper("getRegistration") ??
    (name ? { worker_name: name, assignment_id: wrapper("getAssignmentId") } : null) ??
    (code ? { code } : null);
  if (location.hash && found) history.replaceState(null, "", location.pathname + location.search);
  return found;
}
