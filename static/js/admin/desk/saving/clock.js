// Times as the rest of the desk writes them: with twenty-four hours, whatever the browser's language.
export const time = (at) => new Date(at).toTimeString().slice(0, 5);

export const dayAndTime = (at) => `${new Date(at).toLocaleDateString([], { weekday: "short" })} ${time(at)}`;

// A number for a copy of unsaved text: the time in milliseconds, higher than all numbers before, also if the
// computer's clock was set back, or runs behind that of another computer (`known` is the number kept there).
let last = 0;
export const nextNumber = (known = 0) => (last = Math.max(Date.now(), last + 1, known + 1));
