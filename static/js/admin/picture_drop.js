// The library's page: files chosen, or dropped anywhere on it, are sent at once.
const form = document.querySelector("form.drop");

function pictureDrop(form) {
  const input = form.querySelector("input[type=file]");
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
  document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event) || event.target === input) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change"));
  });
}

if (form) pictureDrop(form);
