// Runs first in the portable edition, which is one file: whatever the app would fetch beside itself
// stands in the page, and is handed out from there. A file may neither fetch nor start a worker.
import { gunzipSync } from 'fflate';

const packed = JSON.parse(document.getElementById('zhixing-files').textContent);
const types = { js: 'text/javascript', json: 'application/json', txt: 'text/plain', wasm: 'application/wasm' };

function bytesOf(path) {
  if (!Object.hasOwn(packed, path)) return null;
  return gunzipSync(Uint8Array.from(atob(packed[path]), (each) => each.charCodeAt(0)));
}

const folder = new URL('.', document.baseURI).href;
const network = window.fetch.bind(window);
window.fetch = (asked, init) => {
  const address = new URL(typeof asked === 'string' ? asked : asked.url, document.baseURI).href;
  if (!address.startsWith(folder)) return network(asked, init);
  const path = address.slice(folder.length).replace(/[?#].*$/, '');
  const bytes = bytesOf(path);
  const type = types[path.split('.').pop()] || 'application/octet-stream';
  const headers = { 'Content-Type': type };
  return Promise.resolve(bytes ? new Response(bytes, { headers }) : new Response(null, { status: 404 }));
};

// The only worker is the one that unpacks courses: it is given its module as the first message.
const BrowserWorker = window.Worker;
window.Worker = function () {
  const start = ';onmessage = (first) => { onmessage = null; wasm_bindgen({ module_or_path: first.data }); };';
  const script = new Blob([bytesOf('zhixing-worker.js'), start], { type: 'text/javascript' });
  const worker = new BrowserWorker(URL.createObjectURL(script));
  worker.postMessage(bytesOf('zhixing-worker_bg.wasm'));
  return worker;
};

document.documentElement.setAttribute('data-portable', '');
window.zhixingPackage = () => {
  const bytes = bytesOf('package.zip');
  return bytes && new Blob([bytes]);
};
