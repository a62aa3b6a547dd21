// Follows a story that is being played: its lines, and the windows beside it. Without it the page reloads itself and says the same.
const follow = async () => {
  const page = new DOMParser().parseFromString(await (await fetch("/demo")).text(), "text/html");
  const [old, fresh] = [document.getElementById("story"), page.getElementById("story")];
  if (!fresh || fresh.dataset.playing !== "true") {
    return location.reload(); // it has ended: the rest of the page says so too
  }
  if (old.dataset.lines !== fresh.dataset.lines) {
    old.replaceWith(fresh);
    document.getElementById("families").replaceWith(page.getElementById("families"));
    for (const frame of document.querySelectorAll("iframe")) {
      frame.src = page.getElementById(frame.id).getAttribute("src");
    }
  }
  setTimeout(follow, 1500);
};
if (document.getElementById("story")?.dataset.playing === "true") {
  setTimeout(follow, 1500);
}
