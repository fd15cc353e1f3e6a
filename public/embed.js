// Optional: lets frames of this site grow to what they show. Without it they scroll.
(() => {
  const own = new URL(document.currentScript.src).origin;
  if (location.origin === own && parent !== window) {
    // Within the frame: say how tall the page is, and again when that changes.
    const tell = () => parent.postMessage({ causeway: document.documentElement.scrollHeight }, '*');
    new ResizeObserver(tell).observe(document.body);
    return;
  }
  // Around the frame: believe nobody but the site, and only about its own frame.
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== own || !(data?.causeway > 0)) return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow === source) frame.height = Math.ceil(data.causeway);
    }
  });
})();
