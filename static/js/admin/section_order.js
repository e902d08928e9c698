// A dragged section takes its subsections along, and one that was put under another parent goes back: the
// server decides. When it has answered, the page shows what it decided, or the log-in page.
new PerformanceObserver((list) => {
  if (list.getEntries().some((entry) => entry.name.endsWith("/adminsortable2_update/"))) location.reload();
}).observe({ type: "resource" });
