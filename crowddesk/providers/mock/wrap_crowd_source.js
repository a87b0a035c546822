// Who works, on what, for whom: read from the practice vendor's link, and told back to it.
// The task page calls these; a practice link carries worker_id, assignment_id and requester_id.
"use strict";

function practiceParameter(name) {
  return new URLSearchParams(window.location.search).get(name);
}

function getWorkerName() {
  return practiceParameter("worker_id");
}

function getAssignmentId() {
  return practiceParameter("assignment_id");
}

function getRequesterName() {
  return practiceParameter("requester_id");
}

function getAgentRegistration(mephistoWorkerId) {
  return {
    worker_id: mephistoWorkerId,
    worker_name: getWorkerName(),
    agent_registration_id: getAssignmentId() + "-" + mephistoWorkerId,
    assignment_id: getAssignmentId(),
  };
}

function reportToVendor(what, data) {
  window.dispatchEvent(new CustomEvent("crowddesk-vendor", { detail: { what: what, data: data } }));
}

function handleSubmitToProvider(data) {
  reportToVendor("submitted", data);
  return true;
}

function handleReturnToProvider() {
  reportToVendor("returned", null);
}

function handleTimeoutToProvider() {
  reportToVendor("timed out", null);
}
