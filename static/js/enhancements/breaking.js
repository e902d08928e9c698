// The line of breaking news that this page is printed with ends at its second.
const line = document.querySelector(".breaking");
setTimeout(() => line.remove(), line.dataset.ends * 1000 - Date.now());
