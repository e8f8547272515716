// Runs before the app, in any browser, so it keeps to the oldest JavaScript.
// It sets language and colours before the first paint, and says so when the app cannot start.
(function () {
  var root = document.documentElement;
  function setting(name) {
    try {
      return window.localStorage.getItem(name);
    } catch (refused) {
      return null;
    }
  }
  var language = setting('zhixing-language') || navigator.language || 'zh-CN';
  root.lang = /^en/.test(language) ? 'en' : 'zh-CN';
  root.setAttribute('data-scripted', '');
  root.setAttribute('data-theme', setting('zhixing-theme') || 'auto');

  // Another tab opened another learner: this one may not go on showing the last.
  window.addEventListener('storage', function (event) {
    if (event.key !== 'zhixing-learner') return;
    try {
      window.sessionStorage.setItem('zhixing-told', 'switched');
    } catch (refused) {
      // Then nobody is told.
    }
    location.reload();
  });

  // Whether the last page here was cut off (a crash, a power cut): it says so until it is left in peace.
  var open = 'zhixing-open';
  if (setting(open)) root.setAttribute('data-cut-off', '');
  function mark(there) {
    try {
      if (there) window.localStorage.setItem(open, '1');
      else window.localStorage.removeItem(open);
    } catch (refused) {
      // Then nothing is kept at all.
    }
  }
  mark(true);
  window.addEventListener('pageshow', function () {
    mark(true);
  });
  window.addEventListener('pagehide', function () {
    mark(false);
  });

  function early(address) {
    var link = document.createElement('link');
    link.rel = 'preload';
    link.as = 'fetch';
    link.crossOrigin = 'anonymous';
    link.href = address;
    document.head.appendChild(link);
  }
  // The course that will be opened is asked for at once; the app says so when it is none.
  var course = setting('zhixing-course');
  // (The portable edition is one file and fetches nothing.)
  var apart = location.protocol !== 'file:';
  if (apart && !/^package\//.test(course)) {
    early('courses/' + (/^[\w-]+\/$/.test(course) ? course : '__COURSE__') + 'course.json');
  }
  // The Chinese words are in the module.
  if (apart && root.lang === 'en') early('words/app.en.txt');

  // The newest thing that the app's WebAssembly needs is the reference types of Chromium 96
  // and Firefox 79: a module that does nothing but take and return one.
  var probe = [0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 111, 1, 111, 3, 2, 1, 0, 10, 6, 1, 4, 0, 32, 0, 11];
  function able() {
    return (
      'noModule' in document.createElement('script') &&
      typeof WebAssembly === 'object' &&
      WebAssembly.validate(new Uint8Array(probe)) &&
      typeof BigInt === 'function' &&
      typeof Object.hasOwn === 'function'
    );
  }

  // The module comes in parts: this joins a later one to those before it. Every screen but the
  // course home waits for the second, those of the score for the third, notes and search for the
  // fourth, the class for the fifth, a topic that is projected for the sixth; the last four have styles too.
  var earlier = {};
  var styles = [null, 'score.css', 'notes.css', 'class.css', 'deck.css'];
  window.addEventListener('TrunkApplicationStarted', function (event) {
    earlier.f = event.detail.wasm;
  });
  function begun() {
    return new Promise(function (resolve) {
      if (earlier.f) resolve();
      else window.addEventListener('TrunkApplicationStarted', resolve);
    });
  }
  function join(answer) {
    if (!answer.ok) throw new Error(answer.url);
    if (/^application\/wasm/.test(answer.headers.get('Content-Type'))) {
      return WebAssembly.instantiateStreaming(answer, earlier);
    }
    return answer.arrayBuffer().then(function (bytes) {
      return WebAssembly.instantiate(bytes, earlier);
    });
  }
  function styled(sheet) {
    return new Promise(function (resolve) {
      var link = document.createElement('link');
      link.rel = 'stylesheet';
      link.onload = link.onerror = resolve;
      link.href = sheet;
      document.head.appendChild(link);
    });
  }
  var whole = false;
  var joining = [];
  function joined(part) {
    var names = document.querySelector('meta[name="zhixing-rest"]').content.split(' ');
    // What comes before it first; its bytes are on their way meanwhile.
    var bytes = names[part] ? fetch(names[part]) : null;
    var before = part ? window.zhixingRest(part - 1) : begun();
    return Promise.all([bytes, before, apart && styles[part] && styled(styles[part])]).then(function (all) {
      return all[0] && join(all[0]);
    }).then(function (made) {
      if (made) earlier['frsnc'[part + 1]] = made.instance.exports;
      whole = true;
      if (!part && names[part]) keepOffline();
    });
  }

  // Keeps the app for starts without a network, where the browser lets it, once everything that a
  // start needs is here. A newer version waits until somebody asks for it.
  function keepOffline() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register('sw.js').then(function (kept) {
      function tell() {
        if (!kept.waiting || !navigator.serviceWorker.controller) return;
        window.zhixingTake = function (others) {
          var answer = new MessageChannel();
          answer.port1.onmessage = others;
          navigator.serviceWorker.addEventListener('controllerchange', function () {
            location.reload();
          });
          kept.waiting.postMessage('take', [answer.port2]);
        };
        window.dispatchEvent(new Event('zhixing-newer'));
      }
      tell();
      kept.addEventListener('updatefound', function () {
        kept.installing.addEventListener('statechange', tell);
      });
    }).catch(function () {
      // Refused, or no network: the app goes on as it is.
    });
  }
  window.zhixingRest = function (part) {
    if (!joining[part]) {
      joining[part] = joined(part).catch(function (error) {
        joining[part] = null;
        throw error;
      });
    }
    return joining[part];
  };

  // Should the first part ever need something of the second before it is there, the app is
  // started anew with both.
  function startWhole(error) {
    if (whole || !earlier.f || !(error instanceof WebAssembly.RuntimeError)) return false;
    try {
      if (sessionStorage.getItem('zhixing-whole')) return false;
      sessionStorage.setItem('zhixing-whole', 'yes');
    } catch (refused) {
      return false;
    }
    location.reload();
    return true;
  }

  // The first use of the store takes long: it begins while the module is on its way.
  try {
    if (window.indexedDB && indexedDB.databases) indexedDB.databases().catch(function () {});
  } catch (refused) {
    // The app says so when it needs the store.
  }

  var failed = false;
  function show(id) {
    var opening = document.getElementById('opening');
    var message = document.getElementById(id);
    if (opening && message) {
      opening.hidden = true;
      message.hidden = false;
    }
  }
  // One message: a browser that is too old also fails to start, and only the first helps.
  function tell() {
    show(able() ? 'not-started' : 'too-old');
  }
  function broken(event) {
    if (able() && startWhole(event.error || event.reason)) return;
    failed = true;
    if (document.readyState !== 'loading' && !document.body.hasAttribute('data-started')) {
      tell();
    }
  }
  // A script or module that does not arrive reports at its own element: catch it on the way down.
  window.addEventListener('error', broken, true);
  window.addEventListener('unhandledrejection', broken);
  document.addEventListener('DOMContentLoaded', function () {
    if (failed || !able()) {
      tell();
    }
  });
})();
