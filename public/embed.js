// Optional: frames of this site become as high as their content. Without it they scroll.
(() => {
  const own = new URL(document.currentScript.src).origin;
  if (location.origin === own && parent !== window) {
    // In the frame: report every change of height. After a form, the page begins at its top.
    let moved = document.referrer.startsWith(`${own}/`);
    const root = document.documentElement;
    new ResizeObserver(() => {
      parent.postMessage({ causeway: root.getBoundingClientRect().height, moved }, '*');
      moved = false;
    }).observe(root);
    return;
  }
  // Around it: accept messages only from this site, and only for its own frame.
  addEventListener('message', ({ origin, source, data }) => {
    if (origin !== own || !(data?.causeway > 0)) return;
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow !== source) continue;
      frame.height = Math.ceil(data.causeway);
      if (data.moved) frame.scrollIntoView();
    }
  });
})();
