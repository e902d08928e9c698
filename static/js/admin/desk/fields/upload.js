// Uploads one file to the picture library. Resolves to the server's answer about the picture; rejects with a
// sentence.
import { track } from "../saving/pending_uploads.js";

export function upload(file, { url, onProgress }) {
  return track(new Promise((resolve, reject) => {
    if (!url) return reject(new Error("You may not add pictures to the library; choose one that is there."));
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    request.addEventListener("load", () => {
      if (request.response?.uploaded) return resolve(request.response);
      reject(new Error(request.response?.error?.message || refusal(request.status, file)));
    });
    request.addEventListener("error", () => {
      reject(new Error(`No connection: ${file.name || "the picture"} was not uploaded. Try again in a moment.`));
    });
    const form = new FormData();
    form.append("upload", file, file.name || "pasted.png");
    request.send(form);
  }));
}

function refusal(status, file) {
  if (status === 403) return "The picture was not uploaded: your session has ended. Save the text first, then try again.";
  const name = file.name || "The picture";
  if (status === 413) return `${name} was not uploaded: it is larger than the server takes. Make it smaller, then try again.`;
  if (status === 503) return `${name} was not uploaded: the server is busy. Try again in a moment.`;
  return `${name} was not uploaded (the server answered ${status}). Try again.`;
}

// Some systems know no type for what phones store.
export function isPicture(file) {
  return file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name || "");
}
