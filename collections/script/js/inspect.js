// How values are written in messages and in the console: as chai 4 and Node write them.
(function (p) {
  'use strict';

  const quoted = (s) => "'" + s.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n') + "'";
  const named = (key) => (typeof key === 'symbol' ? '[' + String(key) + ']' : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));

  // What is left out of a long list or a deep value is counted.
  const most = 100;

  function list(items, open, close, total) {
    if (total > items.length) items.push('… ' + (total - items.length) + ' more');
    return items.length ? open + ' ' + items.join(', ') + ' ' + close : open + close;
  }

  function inspect(v, seen, depth) {
    if (typeof v === 'string') return quoted(v);
    if (typeof v === 'bigint') return String(v) + 'n';
    if (typeof v === 'function') return v.name ? '[Function: ' + v.name + ']' : '[Function]';
    if (Object.is(v, -0)) return '-0';
    if (v === null || typeof v !== 'object') return String(v);
    if (seen.includes(v)) return '[Circular]';
    if (v instanceof Error) return '[' + v.name + ': ' + v.message + ']';
    if (v instanceof Date) return isNaN(v) ? 'Invalid Date' : v.toISOString();
    if (v instanceof RegExp) return String(v);
    if (v instanceof Number || v instanceof String || v instanceof Boolean) return '[' + v.constructor.name + ': ' + inspect(v.valueOf(), seen, depth) + ']';
    if (v instanceof Promise) return 'Promise{…}';
    const deeper = seen.concat([v]);
    if (depth <= 0) return Array.isArray(v) ? '[ … ]' : '{ … }';
    const inner = (x) => inspect(x, deeper, depth - 1);
    if (Array.isArray(v)) return list(v.slice(0, most).map(inner), '[', ']', v.length);
    if (ArrayBuffer.isView(v)) return v.constructor.name + list(Array.from(v.slice ? v.slice(0, most) : []).map(inner), '[', ']', v.length);
    if (v instanceof Map) return 'Map' + list([...v].slice(0, most).map(([a, b]) => inner(a) + ' => ' + inner(b)), '{', '}', v.size);
    if (v instanceof Set) return 'Set' + list([...v].slice(0, most).map(inner), '{', '}', v.size);
    const keys = Object.keys(v);
    const maker = Object.getPrototypeOf(v) && v.constructor && v.constructor.name;
    const prefix = maker && maker !== 'Object' ? maker : '';
    return prefix + list(keys.slice(0, most).map((k) => named(k) + ': ' + inner(v[k])), '{', '}', keys.length);
  }

  p.inspect = (v) => inspect(v, [], 8);

  // display shortens what would fill a message.
  p.display = function (v) {
    const text = inspect(v, [], 3);
    if (text.length < 40 || v === null || typeof v !== 'object') return text;
    if (Array.isArray(v)) return '[ Array(' + v.length + ') ]';
    if (v instanceof Error || v instanceof Date || v instanceof RegExp) return text;
    const keys = Object.keys(v);
    return '{ Object (' + (keys.length > 2 ? keys.slice(0, 2).join(', ') + ', ...' : keys.join(', ')) + ') }';
  };

  // format writes the arguments of console.log.
  p.format = (args) => args.map((v) => (typeof v === 'string' ? v : v instanceof Error ? v.name + ': ' + v.message : p.inspect(v))).join(' ');
})(__parley);
