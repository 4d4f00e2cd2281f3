// Players in a page are as tall as what they show.
addEventListener("message", ({ source, data }) => {
  for (const frame of document.querySelectorAll(".dspc-player")) {
    if (frame.contentWindow === source && data?.height > 0) frame.style.height = `${data.height + 2}px`;
  }
});
