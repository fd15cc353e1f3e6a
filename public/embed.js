// Optional: resizes frames of this site to their content. Without it they scroll.
(() => {
  const own = new URL(document.currentScript.src).origin;
  if (location.origin === own && parent !== window) {
    // Inside the frame: report the height of the page, and every change of it.
    const tell = () => parent.postMessage({ causeway: document.documentElement.scrollHeight }, '*');
    new ResizeObserver(tell).observe(document.body);
    return;
  }
  // In the embedding page: accept messages only from this site, and only for its own frame.
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== own || !(data?.causeway > 0)) return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow === source) frame.height = Math.ceil(data.causeway);
    }
  });
})();
