// An editor who is logged in sees a link to the desk on each article. The HTML is the same for everybody;
// the admin's flag cookie says no more than that somebody works here.
export function editLink(article) {
  let works = false;
  try {
    works = /(?:^|; )newsroom_desk=1(?:;|$)/.test(document.cookie);
  } catch {
    // No cookies, no editor.
  }
  // A preview has such a link of its own.
  if (!works || document.querySelector(".desk-link")) return;
  const link = document.createElement("a");
  link.className = "edit-link";
  link.href = `/admin/articles/article/${article.dataset.article}/change/`;
  link.textContent = "Edit";
  link.lang = "en";
  article.prepend(link);
}

document.querySelectorAll("article[data-article]").forEach(editLink);
