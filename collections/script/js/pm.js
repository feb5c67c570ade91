// pm, console and the other globals of a script.
(function (p) {
  'use strict';
  const { host, task } = p;
  const isBefore = task.Event === 'before';

  // A List is Postman's PropertyList: of headers, parameters, cookies. changed is called after each change.
  class List {
    constructor(pairs, fold, changed) {
      const items = (pairs || []).map((x) => ({ key: x.Name, value: x.Value }));
      Object.defineProperties(this, { items: { value: items }, fold: { value: fold }, changed: { value: changed || (() => {}) } });
    }
    is(a, b) { return this.fold ? String(a).toLowerCase() === String(b).toLowerCase() : String(a) === String(b); }
    get(name) { const found = this.one(name); return found && found.value; }
    one(name) { return this.items.findLast((x) => this.is(x.key, name)); }
    has(name, value) { return this.items.some((x) => this.is(x.key, name) && (value === undefined || x.value === value)); }
    all() { return this.items.slice(); }
    count() { return this.items.length; }
    idx(i) { return this.items[i]; }
    each(f) { this.items.forEach((x) => f(x)); }
    map(f) { return this.items.map((x) => f(x)); }
    filter(f) { return this.items.filter((x) => f(x)); }
    find(f) { return this.items.find((x) => f(x)); }
    reduce(f, from) { return this.items.reduce(f, from); }
    indexOf(item) { return this.items.findIndex((x) => x === item || this.is(x.key, item)); }
    add(item, value) { this.items.push(entry(item, value)); this.changed(); }
    append(item) { this.add(item); }
    insert(item) { this.add(item); }
    upsert(item, value) {
      const e = entry(item, value);
      const at = this.items.findIndex((x) => this.is(x.key, e.key));
      if (at < 0) this.items.push(e);
      else {
        this.items[at].value = e.value;
        for (let i = this.items.length - 1; i > at; i--) if (this.is(this.items[i].key, e.key)) this.items.splice(i, 1);
      }
      this.changed();
    }
    remove(what) {
      const gone = typeof what === 'function' ? what : (x) => x === what || this.is(x.key, what && what.key !== undefined ? what.key : what);
      for (let i = this.items.length - 1; i >= 0; i--) if (gone(this.items[i])) this.items.splice(i, 1);
      this.changed();
    }
    clear() { this.items.length = 0; this.changed(); }
    assimilate(list) { for (const e of entries(list)) this.upsert(e); }
    repopulate(list) { this.items.length = 0; for (const e of entries(list)) this.items.push(e); this.changed(); }
    toObject() { const o = {}; for (const x of this.items) o[x.key] = x.value; return o; }
    toJSON() { return this.all(); }
    toString() { return this.items.map((x) => x.key + ': ' + x.value).join('\n'); }
    [Symbol.iterator]() { return this.items[Symbol.iterator](); }
  }

  const text = (v) => (v === undefined || v === null ? '' : typeof v === 'object' ? JSON.stringify(v) : String(v));

  function entry(item, value) {
    if (typeof item === 'string' && value === undefined) {
      const at = item.indexOf(':');
      return { key: item.slice(0, at).trim(), value: item.slice(at + 1).trim() };
    }
    if (typeof item === 'string') return { key: item, value: text(value) };
    if (!item || item.key === undefined) throw new TypeError('write { key: …, value: … }');
    return { key: String(item.key), value: text(item.value) };
  }

  // entries reads what pm.sendRequest and Postman's lists take for one: objects, arrays, lines.
  function entries(list) {
    if (!list) return [];
    if (list instanceof List) return list.all();
    if (typeof list === 'string') return list.split(/\r?\n/).filter((l) => l.includes(':')).map((l) => entry(l));
    if (Array.isArray(list)) return list.filter((x) => x && !x.disabled).map((x) => entry(x));
    return Object.keys(list).map((k) => ({ key: k, value: text(list[k]) }));
  }

  const encode = (s) => encodeURIComponent(s).replace(/%20/g, '+');
  const decode = (s) => { try { return decodeURIComponent(s.replace(/\+/g, ' ')); } catch (e) { return s; } };
  const pairsOf = (query) => (query ? query.split('&').map((x) => {
    const at = x.indexOf('=');
    return at < 0 ? { Name: decode(x), Value: '' } : { Name: decode(x.slice(0, at)), Value: decode(x.slice(at + 1)) };
  }) : []);
  const formOf = (items) => items.map((x) => encode(x.key) + '=' + encode(x.value)).join('&');

  class Url {
    constructor(raw) { Object.defineProperty(this, 'raw', { value: String(raw), writable: true }); }
    parts() { return /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^\/?#@]*@)?(\[[^\]]*\]|[^\/:?#]*)(?::(\d+))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/i.exec(this.raw) || []; }
    get protocol() { return this.parts()[1]; }
    get host() { return (this.parts()[2] || '').split('.'); }
    get port() { return this.parts()[3]; }
    get path() { return (this.parts()[4] || '').split('/').slice(1); }
    get hash() { return this.parts()[6]; }
    get query() {
      const list = new List(pairsOf(this.parts()[5]), false, () => this.setQuery(formOf(list.items)));
      return list;
    }
    setQuery(query) {
      const [all, hash] = this.raw.split('#');
      this.raw = all.split('?')[0] + (query ? '?' + query : '') + (hash === undefined ? '' : '#' + hash);
    }
    getHost() { return this.parts()[2] || ''; }
    getPath() { return this.parts()[4] || ''; }
    getPathWithQuery() { return this.getPath() + (this.parts()[5] === undefined ? '' : '?' + this.parts()[5]); }
    getQueryString() { return this.parts()[5] || ''; }
    getRemote() { return this.getHost() + (this.port ? ':' + this.port : ''); }
    addQueryParams(params) {
      const list = this.query;
      (typeof params === 'string' ? pairsOf(params).map((x) => ({ key: x.Name, value: x.Value })) : entries(params)).forEach((x) => list.items.push(x));
      list.changed();
    }
    removeQueryParams(names) { [].concat(names).forEach((n) => this.query.remove(n)); }
    update(raw) { this.raw = urlText(raw); }
    toString() { return this.raw; }
    toJSON() { return this.raw; }
  }
  const urlText = (u) => (typeof u === 'string' ? u : u instanceof Url ? u.raw : u && u.raw !== undefined ? String(u.raw) : String(u));

  const types = { json: 'application/json', xml: 'application/xml', html: 'text/html', text: 'text/plain', javascript: 'application/javascript' };

  // content makes a body of what a script gives: a text, or an object with Postman's modes.
  function content(b) {
    if (b === undefined || b === null) return { Text: '', Type: '' };
    if (typeof b !== 'object') return { Text: String(b), Type: 'text/plain' };
    if (b instanceof Body) return { Text: b.raw, Type: b.type };
    switch (b.mode || (b.raw !== undefined ? 'raw' : b.urlencoded !== undefined ? 'urlencoded' : b.graphql !== undefined ? 'graphql' : '')) {
      case 'raw': {
        const language = b.options && b.options.raw && b.options.raw.language;
        return { Text: text(b.raw), Type: types[language] || (typeof b.raw === 'object' ? types.json : 'text/plain') };
      }
      case 'urlencoded':
        return { Text: typeof b.urlencoded === 'string' ? b.urlencoded : formOf(entries(b.urlencoded)), Type: 'application/x-www-form-urlencoded' };
      case 'graphql':
        return { Text: JSON.stringify(b.graphql), Type: types.json };
      case '':
        return { Text: JSON.stringify(b), Type: types.json };
      default:
        throw new Error('a body of mode ' + b.mode + ' cannot be sent from a hook: use raw, urlencoded or graphql');
    }
  }

  class Body {
    constructor(b, read) { Object.defineProperties(this, { read: { value: read, writable: true }, type: { value: b.Type || '', writable: true }, missing: { value: b.Missing, writable: true } }); }
    get raw() {
      if (this.missing) throw new Error(this.missing);
      return this.read();
    }
    set raw(value) { const s = text(value); this.missing = undefined; this.read = () => s; }
    get mode() { return this.type.startsWith('application/x-www-form-urlencoded') ? 'urlencoded' : 'raw'; }
    get urlencoded() {
      const list = new List(pairsOf(this.raw), false, () => { this.raw = formOf(list.items); });
      return list;
    }
    update(b) { const c = content(b); this.raw = c.Text; if (typeof b === 'object') this.type = c.Type; }
    isEmpty() { return !this.missing && this.raw === ''; }
    toString() { return this.raw; }
    toJSON() { return { mode: this.mode, raw: this.raw }; }
  }

  class Request {
    constructor(r, read) {
      let url = new Url(r.URL);
      let body = new Body(r.Body, read);
      let headers = new List(r.Headers, true);
      this.method = r.Method;
      Object.defineProperties(this, {
        url: { enumerable: true, get: () => url, set: (u) => { url = new Url(urlText(u)); } },
        headers: { enumerable: true, get: () => headers, set: (h) => { headers = new List(entries(h).map((e) => ({ Name: e.key, Value: e.value })), true); } },
        body: { enumerable: true, get: () => body, set: (b) => { const c = content(b); if (body.type && typeof b !== 'object') c.Type = body.type; body = new Body(c, () => c.Text); } },
      });
    }
    addHeader(h, value) { this.headers.add(h, value); }
    upsertHeader(h, value) { this.headers.upsert(h, value); }
    removeHeader(name) { this.headers.remove(name); }
    getHeaders() { return this.headers.toObject(); }
    addQueryParams(q) { this.url.addQueryParams(q); }
    removeQueryParams(q) { this.url.removeQueryParams(q); }
    toJSON() { return { method: this.method, url: this.url.raw, header: this.headers.all(), body: this.body }; }
    wire() {
      const body = this.body;
      return {
        Method: String(this.method), URL: this.url.raw, Headers: this.headers.items.map((x) => ({ Name: x.key, Value: x.value })),
        Body: body.missing ? { Missing: body.missing } : { Text: body.raw, Type: body.type },
      };
    }
  }

  class Response {
    constructor(r, read) {
      this.code = r.Code;
      this.status = r.Reason;
      this.responseTime = r.Time;
      this.responseSize = r.Size;
      Object.defineProperties(this, {
        headers: { value: new List(r.Headers, true), enumerable: true }, cookies: { value: new List(r.Cookies, false) },
        body: { value: r.Body }, read: { value: read },
      });
    }
    reason() { return this.status; }
    text() {
      if (this.body.Missing) throw new Error(this.body.Missing);
      return this.read();
    }
    json(reviver) { return JSON.parse(this.text().replace(/^\uFEFF/, ''), reviver); }
    size() { return { body: this.responseSize, header: this.headers.toString().length, total: this.responseSize + this.headers.toString().length }; }
    contentInfo() { const t = this.headers.get('Content-Type') || ''; return { mimeType: t.split(';')[0].trim(), contentType: t }; }
    get to() { return p.expect(this).to; }
    annotate(name, value) { host.note(String(name), typeof value === 'string' ? value : p.inspect(value)); }
    toJSON() { return { code: this.code, status: this.status, header: this.headers.all(), body: this.text(), responseTime: this.responseTime }; }
  }

  responseAssertions();

  // What Postman adds to chai for responses.
  function responseAssertions() {
    const { property, method, check, refuse, deep } = p.assertions;
    const response = (a) => {
      if (!(a.flags.object instanceof Response)) refuse(a.flags, 'expected ' + p.display(a.flags.object) + ' to be a response');
      return a.flags.object;
    };
    const said = (r) => r.code + (r.status ? ' ' + r.status : '');
    method('status', function (wanted) {
      const r = response(this);
      const actual = typeof wanted === 'number' ? r.code : r.status;
      check(this, actual === wanted, 'expected response to have status ' + (typeof wanted === 'number' ? 'code' : 'reason') + ' ' + p.inspect(wanted) + ' but got ' + p.inspect(actual),
        'expected response to not have status ' + (typeof wanted === 'number' ? 'code' : 'reason') + ' ' + p.inspect(wanted));
    });
    method('header', function (name, value) {
      const r = response(this);
      if (arguments.length < 2) return void check(this, r.headers.has(name), "expected response to have header with key '" + name + "'", "expected response to not have header with key '" + name + "'");
      const actual = r.headers.get(name);
      check(this, actual === value, "expected '" + name + "' response header to be " + p.inspect(value) + ' but got ' + p.inspect(actual), "expected '" + name + "' response header to not be " + p.inspect(value));
    });
    method('body', function (wanted) {
      const r = response(this);
      const body = r.text();
      if (wanted === undefined) return void check(this, body !== '', 'expected response to have content in body', 'expected response to not have content in body');
      const ok = wanted instanceof RegExp ? wanted.test(body) : typeof wanted === 'object' ? deep(JSON.parse(body), wanted) : body === String(wanted);
      check(this, ok, 'expected response body to ' + (wanted instanceof RegExp ? 'match ' : 'equal ') + p.display(wanted) + ' but got ' + p.display(body), 'expected response body not to ' + (wanted instanceof RegExp ? 'match ' : 'equal ') + p.display(wanted));
    });
    method('jsonBody', function (path, value) {
      const r = response(this);
      let json;
      let isJSON = true;
      try { json = r.json(); } catch (e) { isJSON = false; }
      if (path === undefined || !isJSON) return void check(this, isJSON, 'expected response body to be a valid json', 'expected response body not to be a valid json');
      if (typeof path === 'object') return void check(this, deep(json, path), 'expected response body json to equal ' + p.display(path) + ' but got ' + p.display(json), 'expected response body json to not equal ' + p.display(path));
      const inner = p.expect(json, this.flags.message);
      inner.flags.negate = this.flags.negate;
      inner.flags.nested = inner.flags.deep = true;
      return arguments.length < 2 ? void inner.property(path) : void inner.property(path, value);
    });
    property('json', function () {
      const r = response(this);
      let ok = true;
      try { r.json(); } catch (e) { ok = false; }
      check(this, ok, 'expected response body to be a valid json', 'expected response body not to be a valid json');
    });
    property('withBody', function () { check(this, response(this).text() !== '', 'expected response to have content in body', 'expected response to not have content in body'); });
    property('withoutBody', function () { check(this, response(this).text() === '', 'expected response to have no content in body', 'expected response to have content in body'); });
    method('responseTime', function (wanted) { check(this, response(this).responseTime === wanted, 'expected response to have a response time of ' + wanted + ' ms but got ' + response(this).responseTime, 'expected response to not have a response time of ' + wanted + ' ms'); });
    const range = (name, word, test) => property(name, function () {
      const r = response(this);
      check(this, test(r.code), 'expected response to be ' + word + ' but got ' + said(r), 'expected response to not be ' + word + ' but got ' + said(r));
    });
    range('info', 'informational (1xx)', (c) => c >= 100 && c < 200);
    range('success', 'successful (2xx)', (c) => c >= 200 && c < 300);
    range('redirection', 'a redirection (3xx)', (c) => c >= 300 && c < 400);
    range('clientError', 'a client error (4xx)', (c) => c >= 400 && c < 500);
    range('serverError', 'a server error (5xx)', (c) => c >= 500 && c < 600);
    range('error', 'an error (4xx or 5xx)', (c) => c >= 400 && c < 600);
    for (const [name, code] of [['accepted', 202], ['badRequest', 400], ['unauthorized', 401], ['unauthorised', 401], ['forbidden', 403], ['notFound', 404], ['notAcceptable', 406], ['rateLimited', 429]]) {
      range(name, code + '', (c) => c === code);
    }
    property('ok', function () {
      const o = this.flags.object;
      if (o instanceof Response) return void check(this, o.code === 200, 'expected response to be 200 OK but got ' + said(o), 'expected response to not be 200 OK');
      check(this, o, 'expected #{this} to be truthy', 'expected #{this} to be falsy');
    });
  }

  class Scope {
    constructor(scope, name) { Object.defineProperty(this, 'scope', { value: scope }); if (name !== undefined) this.name = name; }
    get(name) { return host.get(this.scope, String(name)); }
    set(name, value) { host.set(this.scope, String(name), JSON.stringify(value === undefined ? null : value)); }
    unset(name) { host.unset(this.scope, String(name)); }
    has(name) { return host.names(this.scope).includes(String(name)); }
    clear() { for (const name of host.names(this.scope)) this.unset(name); }
    toObject() { const o = {}; for (const name of host.names(this.scope)) o[name] = this.get(name); return o; }
    toJSON() { return this.toObject(); }
    replaceIn(template) {
      return String(template).replace(/\{\{([^{}]*)\}\}/g, (all, name) => {
        name = name.trim();
        if (dynamic[name]) return dynamic[name]();
        return this.has(name) ? text(this.get(name)) : all;
      });
    }
  }
  const hex = (n) => { let s = ''; while (s.length < n) s += Math.floor(Math.random() * 16).toString(16); return s; };
  const guid = () => hex(8) + '-' + hex(4) + '-4' + hex(3) + '-' + '89ab'[Math.floor(Math.random() * 4)] + hex(3) + '-' + hex(12);
  const dynamic = {
    $guid: guid, $randomUUID: guid, $timestamp: () => String(Math.floor(Date.now() / 1000)),
    $isoTimestamp: () => new Date().toISOString(), $randomInt: () => String(Math.floor(Math.random() * 1001)),
  };

  const pending = new Set();

  function test(name, run) {
    name = String(name);
    const line = host.here();
    const one = { name, line };
    const settle = (failed, error) => { if (pending.delete(one)) host.test(name, failed ? 'failed' : 'passed', error, line); };
    if (typeof run !== 'function') { pending.add(one); settle(true, new TypeError('pm.test needs a function')); return pm; }
    pending.add(one);
    try {
      if (run.length > 0) { run((error) => settle(error !== undefined && error !== null, error)); return pm; }
      const made = run();
      if (made && typeof made.then === 'function') made.then(() => settle(false), (error) => settle(true, error));
      else settle(false);
    } catch (error) {
      settle(true, error);
    }
    return pm;
  }
  test.skip = (name) => { host.test(String(name), 'skipped', undefined, host.here()); return pm; };
  test.index = () => 0;

  function sendRequest(what, callback) {
    const spec = typeof what === 'string' || what instanceof Url ? { url: what } : what || {};
    const body = spec instanceof Request ? spec.wire().Body : content(spec.body);
    const headers = entries(spec.header !== undefined ? spec.header : spec.headers).map((e) => ({ Name: e.key, Value: e.value }));
    const wire = { Method: String(spec.method || 'GET'), URL: urlText(spec.url), Headers: headers, Body: body, Timeout: Number(spec.timeout) || 0 };
    const asked = new Promise((resolve, reject) => {
      host.send(JSON.stringify(wire), (error, answer, body) => {
        if (error !== undefined) reject(new Error(error));
        else resolve(new Response(JSON.parse(answer), () => body));
      });
    });
    if (typeof callback !== 'function') return asked;
    asked.then((r) => callback(null, r), (e) => callback(e, undefined));
  }

  const request = new Request(task.Request, host.requestBody);
  const response = task.Response ? new Response(task.Response, host.responseBody) : undefined;
  const cookies = new List(task.Cookies, false);
  cookies.jar = () => { throw new Error('pm.cookies.jar() is not there: the session keeps the cookies, and `parley cookies` edits them'); };

  const pm = {
    environment: new Scope('environment', task.Info.Environment),
    globals: new Scope('globals'),
    collectionVariables: new Scope('collectionVariables'),
    variables: new Scope('variables'),
    iterationData: new Scope('iterationData'),
    request, response, cookies, test, sendRequest,
    expect: p.expect,
    info: {
      eventName: { before: 'prerequest', after: 'test' }[task.Event] || task.Event,
      iteration: task.Info.Iteration, iterationCount: task.Info.IterationCount, requestName: task.Info.Request, requestId: task.Info.Request,
    },
    execution: {
      setNextRequest(name) { host.next(name === null || name === undefined ? '' : String(name)); },
      skipRequest(reason) {
        if (!isBefore) throw new Error('pm.execution.skipRequest() is for a before hook: the request has been sent');
        host.skip(reason === undefined ? 'a hook skips it' : String(reason));
      },
      location: Object.assign([task.At.File], { current: task.At.File }),
    },
  };
  if (task.Retry) pm.retry = { attempt: task.Retry.Attempt, reason: task.Retry.Reason, wait: task.Retry.Wait };

  const log = (level) => (...args) => host.line(level, p.format(args));
  const refused = (name) => { throw new Error('require(' + p.inspect(name) + ') is refused: a hook has no modules, files or network but pm, CryptoJS and console'); };
  pm.require = refused;

  const every = (repeat) => (f, wait, ...args) => {
    if (typeof f !== 'function') throw new TypeError('a timer needs a function');
    return host.timer(f, Number(wait) || 0, repeat, args);
  };
  const globals = {
    pm, require: refused, CryptoJS: p.CryptoJS, btoa: p.btoa, atob: p.atob,
    postman: {
      setNextRequest: pm.execution.setNextRequest,
      setEnvironmentVariable: (n, v) => pm.environment.set(n, v), getEnvironmentVariable: (n) => pm.environment.get(n), clearEnvironmentVariable: (n) => pm.environment.unset(n),
      setGlobalVariable: (n, v) => pm.globals.set(n, v), getGlobalVariable: (n) => pm.globals.get(n), clearGlobalVariable: (n) => pm.globals.unset(n),
    },
    console: { log: log('log'), info: log('info'), warn: log('warn'), error: log('error'), debug: log('debug'), trace: log('debug') },
    setTimeout: every(false), setInterval: every(true), setImmediate: (f, ...args) => every(false)(f, 0, ...args),
    clearTimeout: host.clear, clearInterval: host.clear, clearImmediate: host.clear,
    structuredClone: (v) => (v === undefined ? v : JSON.parse(JSON.stringify(v))),
  };
  for (const name of Object.keys(globals)) Object.defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true, enumerable: false });

  // A text that cannot fit is refused before it is made: the watch over the memory looks at what is there.
  for (const name of ['repeat', 'padStart', 'padEnd']) {
    const own = String.prototype[name];
    Object.defineProperty(String.prototype, name, {
      writable: true, configurable: true,
      value: function (count, fill) {
        const length = name === 'repeat' ? String(this).length * Number(count) : Number(count);
        if (length > host.most && length !== Infinity) host.tooMuch();
        return own.call(this, count, fill);
      },
    });
  }

  p.finish = () => { for (const one of [...pending]) { pending.delete(one); host.test(one.name, 'failed', new Error('it did not end'), one.line); } };
  p.outcome = () => JSON.stringify({ Request: request.wire(), Retry: task.Retry && { Attempt: task.Retry.Attempt, Reason: task.Retry.Reason, Wait: Number(pm.retry.wait) } });
})(__parley);
