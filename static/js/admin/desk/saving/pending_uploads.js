// The work for which saving has to wait: uploads, and names that are still being looked up.
const waiting = new Set();

export function track(promise) {
  waiting.add(promise);
  const done = () => waiting.delete(promise);
  promise.then(done, done);
  return promise;
}

export async function settled() {
  while (waiting.size) await Promise.allSettled([...waiting]);
}

export function isPending() {
  return waiting.size > 0;
}
