// Loaded before a server that would listen on every interface: it gets this computer's own.
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function onLoopback(...args) {
  const [port] = args;
  if (typeof port !== 'number' && typeof port !== 'string') return listen.apply(this, args);
  const done = args.find((one) => typeof one === 'function');
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, done);
};
