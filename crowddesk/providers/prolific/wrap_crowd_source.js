// Who works, by the link that Prolific opens: PROLIFIC_PID, STUDY_ID and SESSION_ID in its query; and the way
// back to Prolific, which the task server says in the end.
"use strict";

// Read once, because the three leave the address bar. A placeholder that nobody filled in says nothing.
const prolificLink = (() => {
  const query = new URLSearchParams(window.location.search);
  const said = (name) => {
    const value = (query.get(name) || "").trim();
    return value.includes("{{%") ? "" : value;
  };
  return { worker: said("PROLIFIC_PID"), study: said("STUDY_ID"), session: said("SESSION_ID") };
})();

function getWorkerName() {
  return prolificLink.worker || null;
}

function getAssignmentId() {
  return prolificLink.session || null;
}

function getRequesterName() {
  return null;
}

// What is sent to sign in; null when the link says nobody.
function getRegistration() {
  const { worker, study, session } = prolificLink;
  return worker ? { worker_name: worker, study: study, session: session } : null;
}

function getAgentRegistration(workerId) {
  return { worker_id: workerId, ...getRegistration() };
}

// This device remembers who is signed in, so a reload works without the three. They stay where it does not.
function handleSignedIn() {
  const here = new URL(window.location.href);
  for (const name of ["PROLIFIC_PID", "STUDY_ID", "SESSION_ID"]) {
    here.searchParams.delete(name);
  }
  window.history.replaceState(null, "", here);
}

// How somebody comes whose link says nobody.
function sayHowToCome() {
  return "Open the study from Prolific again: the link there says who you are.";
}

// What somebody does for whom there is nothing here.
function sayHowToLeave() {
  return "Return your place on Prolific, so that somebody else can have it.";
}

// Once the answer is stored: back to where Prolific, or its sandbox, takes the completion code.
function handleSubmitToProvider(data) {
  const url = data && data.farewell ? data.farewell.url : "";
  if (!isCompletionPage(url)) {
    return false;
  }
  window.location.assign(url);
  return true;
}

// Prolific's own, or a sandbox's, which is wherever it was started.
function isCompletionPage(address) {
  try {
    const url = new URL(address);
    return ["https:", "http:"].includes(url.protocol) && url.pathname === "/submissions/complete";
  } catch {
    return false;
  }
}

// A place is returned, and runs out, at Prolific itself.
function handleReturnToProvider() {}

function handleTimeoutToProvider() {}
