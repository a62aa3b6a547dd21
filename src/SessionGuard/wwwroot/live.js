// Shows news of a running class without a reload. Without it the page reloads itself now and then, and says the same.
const board = document.getElementById("board");
const source = new EventSource(`${location.pathname}/changes`);
let first = true;
source.addEventListener("changed", async () => {
  if (first) { // the page was made a moment ago
    first = false;
    return;
  }
  if (board.contains(document.activeElement) && document.activeElement.matches("select, input")) {
    return; // somebody is about to choose
  }
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) {
    return location.reload();
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  board.innerHTML = page.getElementById("board").innerHTML;
  if (focused) {
    document.getElementById(focused)?.focus();
  }
});
