// A dragged section takes its subsections along, and one that was put under another parent goes back: the
// server decides. The script that drags says nothing when it has been answered, so its request is watched;
// then the page shows what was decided, or the log-in page. The request is given the order that this page
// shows, because a colleague may have changed it since.
const send = window.fetch;
const seen = [...document.querySelectorAll("#result_list .handle")].map((handle) => Number(handle.getAttribute("pk")));

window.fetch = (address, options, ...more) => {
  if (!String(address).endsWith("/adminsortable2_update/")) return send(address, options, ...more);
  const body = JSON.stringify({ ...JSON.parse(options.body), seen });
  const answer = send(address, { ...options, body }, ...more);
  answer.finally(() => location.reload());
  return answer;
};
