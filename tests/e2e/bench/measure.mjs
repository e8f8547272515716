// How long the app takes to answer, measured in the page itself.

function p95(times) {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/** From an input to the next frame that shows it, measured in the page. */
export async function measure(page, act, times, settled) {
  const found = [];
  for (let at = 0; at < times; at += 1) {
    // At rest, as it is when a person acts: what the last act set going is no part of this one.
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await page.evaluate(() => {
      window.answered = new Promise((resolve) => {
        const begin = (event) => {
          const began = event.timeStamp;
          requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - began);
            channel.port2.postMessage(null);
          });
        };
        for (const name of ['keydown', 'input', 'click']) addEventListener(name, begin, { capture: true, once: true });
      });
    });
    await act(at);
    found.push(await page.evaluate(() => window.answered));
    await settled?.(at);
  }
  return found;
}

/** A click of the mouse itself: what Playwright adds to its own clicks would be measured too. */
export async function press(page, target) {
  await target.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await target.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
}

let most = 0;

/** Says how long something took, and remembers the worst. */
export function report(name, times) {
  const found = p95(times);
  most = Math.max(most, found);
  const all = times.map((time) => time.toFixed(0)).join(' ');
  console.log(`${name}: ${found.toFixed(0)} ms at the 95th percentile of ${times.length} (${Math.max(...times).toFixed(0)} at most)\n  ${all}`);
}

/** The worst of what was reported, at the 95th percentile, in milliseconds. */
export const worst = () => most;
