// Says that this article was opened: its address and nothing else, unless the reader asks not to be counted.
const n = navigator;
n.doNotTrack === "1" || n.globalPrivacyControl || n.sendBeacon?.(`/read${location.pathname}`);
