// Times as the rest of the desk writes them: with twenty-four hours, whatever the browser's language.
export const time = (at) => new Date(at).toTimeString().slice(0, 5);

export const dayAndTime = (at) => `${new Date(at).toLocaleDateString([], { weekday: "short" })} ${time(at)}`;
