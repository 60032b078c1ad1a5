// Waiting for something to become so: asks again and again, and never takes a fixed time for it.

export const PATIENCE = 2 * Number(process.env.PIE_PATIENCE ?? 120) * 1000;

/** The first value of `ask` that is truthy; an error of `ask` ends the waiting, silence after long does too. */
export async function until(what, ask, patience = PATIENCE) {
  const end = Date.now() + patience;
  for (;;) {
    const value = await ask();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`It never came to this: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
