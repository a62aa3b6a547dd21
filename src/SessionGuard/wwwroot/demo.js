// Follows a story that is being played: its lines, and the three windows beside it.
const refresh = async () => {
  const page = new DOMParser().parseFromString(await (await fetch("/demo")).text(), "text/html");
  const [old, fresh] = [document.getElementById("story"), page.getElementById("story")];
  if (old && fresh && old.innerHTML !== fresh.innerHTML) {
    old.innerHTML = fresh.innerHTML;
    old.querySelector("li:last-child")?.scrollIntoView({ block: "nearest" });
    for (const frame of document.querySelectorAll("iframe")) {
      frame.src = page.getElementById(frame.id)?.getAttribute("src") ?? frame.src;
    }
  }
  if (page.querySelector("[data-playing]")) {
    setTimeout(refresh, 2000);
  }
};
if (document.querySelector("[data-playing]")) {
  setTimeout(refresh, 2000);
}
