/* Who works, on what, for whom: all of it stands in the link that a colleague was sent. */
const asked = new URLSearchParams(window.location.search);

function getWorkerName() {
  return asked.get("colleague");
}

function getAssignmentId() {
  return asked.get("piece");
}

function getRequesterName() {
  return asked.get("desk");
}

function getWorkerRegistrationInfo() {
  return { worker_name: getWorkerName() };
}

function handleSubmitToProvider(data) {
  return fetch("/done?piece=" + encodeURIComponent(getAssignmentId()), {
    method: "POST",
    body: JSON.stringify(data),
  });
}

function handleReturn() {
  return fetch("/returned?piece=" + encodeURIComponent(getAssignmentId()), { method: "POST" });
}
