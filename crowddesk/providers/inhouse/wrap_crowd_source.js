// Who works, by the link of one's own people: `#code=` of a personal link, `#name=` where names are enough.
// The part after # never leaves the browser by itself, so a code stands in no server's log.
"use strict";

function inhousePart(name) {
  return new URLSearchParams(window.location.hash.slice(1)).get(name) || null;
}

function getWorkerName() {
  return inhousePart("name");
}

function getAssignmentId() {
  return inhousePart("assignment");
}

function getRequesterName() {
  return inhousePart("requester");
}

// What is sent to sign in; null when the link says nobody, and the page asks.
function getRegistration() {
  const code = inhousePart("code");
  if (code) {
    return { code: code };
  }
  const name = getWorkerName();
  return name ? { worker_name: name } : null;
}

function getAgentRegistration(workerId) {
  return { worker_id: workerId, worker_name: getWorkerName(), assignment_id: getAssignmentId() };
}

// Nobody outside is to be told: the task server, which has the answer, is all there is.
function handleSubmitToProvider(data) {
  return true;
}

function handleReturnToProvider() {}

function handleTimeoutToProvider() {}
