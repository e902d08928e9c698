// An editor who is logged in sees a link to the desk on each article. The HTML is the same for everybody;
// the admin's flag cookie says no more than that somebody works here.
try {
  const article = document.querySelector("article[data-article]");
  // A preview has such a link of its own.
  if (/(?:^|; )newsroom_desk=1/.test(document.cookie) && !document.querySelector(".desk-link")) {
    const link = document.createElement("a");
    const href = `/admin/articles/article/${article.dataset.article}/change/`;
    article.prepend(Object.assign(link, { className: "edit-link", href, textContent: article.dataset.edit }));
  }
} catch {
  // No cookies, no editor.
}
