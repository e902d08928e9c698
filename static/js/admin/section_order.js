// A dragged section takes its subsections along, and one that was put under another parent goes back: the
// server decides. The script that drags says nothing when it has been answered, so its request is watched;
// then the page shows what was decided, or the log-in page.
const send = window.fetch;

window.fetch = (address, ...more) => {
  const answer = send(address, ...more);
  if (String(address).endsWith("/adminsortable2_update/")) answer.finally(() => location.reload());
  return answer;
};
