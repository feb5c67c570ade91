// expect, with the assertions, the flags and the messages of chai 4.
(function (p) {
  'use strict';

  class AssertionError extends Error {
    constructor(message, actual, expected) {
      super(message);
      this.name = 'AssertionError';
      this.actual = actual;
      this.expected = expected;
    }
  }

  // Two values are deeply equal when chai's deep-eql says so: -0 is not 0, NaN is NaN, prototypes do not count.
  function deepEqual(a, b, pairs) {
    if (a === b) return a !== 0 || 1 / a === 1 / b;
    if (a !== a && b !== b) return true;
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false;
    if (typeOf(a) !== typeOf(b)) return false;
    if (a instanceof Date) return a.getTime() === b.getTime() || (isNaN(a) && isNaN(b));
    if (a instanceof RegExp) return String(a) === String(b);
    if (a instanceof Number || a instanceof String || a instanceof Boolean) return deepEqual(a.valueOf(), b.valueOf(), pairs);
    if (a instanceof Error || a instanceof Promise || a instanceof WeakSet || a instanceof WeakMap) return false;
    if (pairs.some((pair) => pair[0] === a && pair[1] === b)) return true;
    pairs = pairs.concat([[a, b]]);
    const same = (x, y) => deepEqual(x, y, pairs);
    if (a instanceof Set) return a.size === b.size && sameMembers([...a], [...b], same);
    if (a instanceof Map) return a.size === b.size && sameMembers([...a], [...b], same);
    if (Array.isArray(a) || ArrayBuffer.isView(a)) {
      if (a.length !== b.length) return false;
      for (let i = 0; i < a.length; i++) if (!same(a[i], b[i])) return false;
      return true;
    }
    const keys = allKeys(a);
    return keys.length === allKeys(b).length && keys.every((k) => k in b && same(a[k], b[k]));
  }

  function allKeys(object) {
    const keys = [];
    for (const key in object) keys.push(key);
    for (const symbol of Object.getOwnPropertySymbols(object)) {
      if (Object.prototype.propertyIsEnumerable.call(object, symbol)) keys.push(symbol);
    }
    return keys;
  }

  function sameMembers(list, others, same) {
    if (list.length !== others.length) return false;
    const left = others.slice();
    return list.every((item) => {
      const at = left.findIndex((other) => same(item, other));
      if (at < 0) return false;
      left.splice(at, 1);
      return true;
    });
  }

  function typeOf(v) {
    if (v === null) return 'null';
    if (v === undefined) return 'undefined';
    return Object.prototype.toString.call(v).slice(8, -1);
  }

  const deep = (a, b) => deepEqual(a, b, []);
  const strict = (a, b) => a === b;

  class Assertion {}

  // make returns an assertion on a value. A name that it does not have is an error: a misspelt assertion must not pass.
  function make(flags, target) {
    const own = target || Object.create(Assertion.prototype);
    if (target) Object.setPrototypeOf(own, Assertion.prototype);
    Object.defineProperty(own, 'flags', { value: flags });
    const guarded = new Proxy(own, {
      get(t, key) {
        if (typeof key === 'string' && key !== 'then' && key !== 'toJSON' && !(key in Assertion.prototype) && key !== 'flags') {
          throw new Error('Invalid Chai property: ' + key + near(key));
        }
        return Reflect.get(t, key, guarded);
      },
    });
    return guarded;
  }

  function near(key) {
    const names = Object.getOwnPropertyNames(Assertion.prototype);
    const found = names.find((n) => n.toLowerCase() === key.toLowerCase()) ||
      names.find((n) => n.length > 3 && [...n].sort().join('') === [...key].sort().join('')) ||
      names.find((n) => n.length > 3 && (n.startsWith(key) || key.startsWith(n)));
    return found ? '. Did you mean "' + found + '"?' : '';
  }

  // fail unless ok, which not turns round. In a message #{this} is the value, #{exp} what was expected of it.
  function check(a, ok, message, negated, expected, actual) {
    const f = a.flags;
    if (f.negate ? !ok : ok) return;
    const act = arguments.length > 5 ? actual : f.object;
    const text = (f.negate ? negated : message)
      .replace(/#\{this\}/g, () => p.display(f.object)).replace(/#\{exp\}/g, () => p.display(expected)).replace(/#\{act\}/g, () => p.display(act));
    throw new AssertionError(prefixed(f, text), act, expected);
  }

  const prefixed = (f, text) => (f.message ? f.message + ': ' + text : text);
  const refuse = (f, text) => { throw new AssertionError(prefixed(f, text)); };

  function property(names, get) {
    for (const name of names.split(' ')) {
      Object.defineProperty(Assertion.prototype, name, {
        configurable: true,
        get() {
          const made = get.call(this);
          return made === undefined ? this : made;
        },
      });
    }
  }

  function method(names, run) {
    for (const name of names.split(' ')) {
      Object.defineProperty(Assertion.prototype, name, {
        configurable: true,
        get() {
          return (...args) => {
            const made = run.apply(this, args);
            return made === undefined ? this : made;
          };
        },
      });
    }
  }

  // chainable is a method that is a word of a chain as well: include(1) and include.keys.
  function chainable(names, run, mark) {
    for (const name of names.split(' ')) {
      Object.defineProperty(Assertion.prototype, name, {
        configurable: true,
        get() {
          if (mark) mark.call(this);
          const self = this;
          const callable = function (...args) {
            const made = run.apply(self, args);
            return made === undefined ? self : made;
          };
          delete callable.length;
          delete callable.name;
          return make(this.flags, callable);
        },
      });
    }
  }

  property('to be been is that which and has have with at of same but does still also', function () {});
  property('not', function () { this.flags.negate = true; });
  property('deep', function () { this.flags.deep = true; });
  property('nested', function () { this.flags.nested = true; });
  property('own', function () { this.flags.own = true; });
  property('ordered', function () { this.flags.ordered = true; });
  property('any', function () { this.flags.any = true; this.flags.all = false; });
  property('all', function () { this.flags.all = true; this.flags.any = false; });

  chainable('a an', function (type, message) {
    const f = mark(this, message);
    type = String(type).toLowerCase();
    const article = 'aeiou'.includes(type.charAt(0)) ? 'an ' : 'a ';
    check(this, type === typeOf(f.object).toLowerCase(), 'expected #{this} to be ' + article + type, 'expected #{this} not to be ' + article + type);
  });

  function mark(a, message) {
    if (message !== undefined) a.flags.message = message;
    return a.flags;
  }

  function includes(value, message) {
    const f = mark(this, message);
    const type = typeOf(f.object).toLowerCase();
    const same = f.deep ? deep : strict;
    const how = f.deep ? 'deep ' : '';
    let ok = false;
    switch (type) {
      case 'string':
        ok = f.object.indexOf(value) !== -1;
        break;
      case 'map':
        f.object.forEach((item) => { ok = ok || same(item, value); });
        break;
      case 'set':
        ok = f.deep ? [...f.object].some((item) => deep(item, value)) : f.object.has(value);
        break;
      case 'weakset':
        ok = f.object.has(value);
        break;
      case 'array':
        ok = f.deep ? f.object.some((item) => deep(item, value)) : f.object.indexOf(value) !== -1;
        break;
      default: {
        if (value !== Object(value)) {
          refuse(f, 'the given combination of arguments (' + type + ' and ' + typeOf(value).toLowerCase() + ') is invalid for this assertion. ' +
            'You can use an array, a map, an object, a set, a string, or a weakset instead of a ' + typeOf(value).toLowerCase());
        }
        // not.include of several properties fails only when all of them are there.
        const failures = [];
        const keys = Object.keys(value);
        for (const key of keys) {
          const one = make(Object.assign({}, f));
          if (!f.negate || keys.length === 1) {
            one.property(key, value[key]);
            continue;
          }
          try {
            one.property(key, value[key]);
          } catch (e) {
            if (!(e instanceof AssertionError)) throw e;
            failures.push(e);
          }
        }
        if (keys.length > 1 && failures.length === keys.length) throw failures[0];
        return;
      }
    }
    check(this, ok, 'expected #{this} to ' + how + 'include ' + p.display(value), 'expected #{this} to not ' + how + 'include ' + p.display(value));
  }
  chainable('include contain includes contains', includes, function () { this.flags.contains = true; });

  property('ok', function () { check(this, this.flags.object, 'expected #{this} to be truthy', 'expected #{this} to be falsy'); });
  property('true', function () { check(this, this.flags.object === true, 'expected #{this} to be true', 'expected #{this} to be false', !this.flags.negate); });
  property('false', function () { check(this, this.flags.object === false, 'expected #{this} to be false', 'expected #{this} to be true', !!this.flags.negate); });
  property('null', function () { check(this, this.flags.object === null, 'expected #{this} to be null', 'expected #{this} not to be null'); });
  property('undefined', function () { check(this, this.flags.object === undefined, 'expected #{this} to be undefined', 'expected #{this} not to be undefined'); });
  property('NaN', function () { check(this, Number.isNaN(this.flags.object), 'expected #{this} to be NaN', 'expected #{this} not to be NaN'); });
  property('finite', function () { check(this, Number.isFinite(this.flags.object), 'expected #{this} to be a finite number', 'expected #{this} to not be a finite number'); });
  property('exist exists', function () { check(this, this.flags.object !== null && this.flags.object !== undefined, 'expected #{this} to exist', 'expected #{this} to not exist'); });
  property('empty', function () {
    const f = this.flags;
    let count;
    switch (typeOf(f.object).toLowerCase()) {
      case 'array': case 'string': count = f.object.length; break;
      case 'map': case 'set': count = f.object.size; break;
      default:
        if (f.object !== Object(f.object) || typeof f.object === 'function') refuse(f, '.empty was passed non-string primitive ' + p.display(f.object));
        count = Object.keys(f.object).length;
    }
    check(this, count === 0, 'expected #{this} to be empty', 'expected #{this} not to be empty');
  });

  method('equal equals eq', function (value, message) {
    const f = mark(this, message);
    if (f.deep) return void this.eql(value);
    check(this, f.object === value, 'expected #{this} to equal #{exp}', 'expected #{this} to not equal #{exp}', value);
  });
  method('eql eqls', function (value, message) {
    const f = mark(this, message);
    check(this, deep(f.object, value), 'expected #{this} to deeply equal #{exp}', 'expected #{this} to not deeply equal #{exp}', value);
  });

  const sized = (v) => v instanceof Map || v instanceof Set;
  const measurable = (v) => (typeof v === 'number' || v instanceof Date);

  function measure(f, word, bound) {
    let value = f.object;
    if (f.length) {
      if (value === null || value === undefined || (!sized(value) && !('length' in Object(value)))) refuse(f, 'expected ' + p.display(value) + ' to have property \'length\'');
      value = sized(value) ? value.size : value.length;
    }
    if (!measurable(value)) refuse(f, 'expected ' + p.display(value) + ' to be a number or a date');
    if (!measurable(bound)) refuse(f, 'the argument to ' + word + ' must be a number');
    return value;
  }

  function comparison(names, word, phrase, opposite, test) {
    method(names, function (bound, message) {
      const f = mark(this, message);
      const value = measure(f, word, bound);
      const what = f.length ? 'expected #{this} to have a length ' : 'expected #{this} to be ';
      const but = f.length ? ' but got #{act}' : '';
      const negated = (f.length ? 'expected #{this} to not have a length ' : 'expected #{this} to be ') + (f.length ? phrase : opposite);
      check(this, test(value, bound), what + phrase + ' #{exp}' + but, negated + ' #{exp}', bound, value);
    });
  }
  comparison('above gt greaterThan', 'above', 'above', 'at most', (a, b) => a > b);
  comparison('least gte greaterThanOrEqual', 'least', 'at least', 'below', (a, b) => a >= b);
  comparison('below lt lessThan', 'below', 'below', 'at least', (a, b) => a < b);
  comparison('most lte lessThanOrEqual', 'most', 'at most', 'above', (a, b) => a <= b);
  method('within', function (from, to, message) {
    const f = mark(this, message);
    const value = measure(f, 'within', from);
    measure(f, 'within', to);
    const what = f.length ? 'have a length ' : 'be ';
    check(this, value >= from && value <= to, 'expected #{this} to ' + what + 'within ' + from + '..' + to, 'expected #{this} to not ' + what + 'within ' + from + '..' + to);
  });
  method('closeTo approximately', function (expected, delta, message) {
    const f = mark(this, message);
    if (typeof f.object !== 'number') refuse(f, 'expected ' + p.display(f.object) + ' to be a number');
    if (typeof expected !== 'number' || typeof delta !== 'number') refuse(f, 'the arguments to closeTo or approximately must be numbers');
    check(this, Math.abs(f.object - expected) <= delta, 'expected #{this} to be close to ' + expected + ' +/- ' + delta, 'expected #{this} not to be close to ' + expected + ' +/- ' + delta);
  });
  method('instanceof instanceOf', function (constructor, message) {
    const f = mark(this, message);
    if (typeof constructor !== 'function') refuse(f, 'The instanceof assertion needs a constructor but ' + typeOf(constructor).toLowerCase() + ' was given.');
    const name = constructor.name || 'an unnamed constructor';
    check(this, f.object instanceof constructor, 'expected #{this} to be an instance of ' + name, 'expected #{this} to not be an instance of ' + name);
  });

  // steps of a path such as a.b[0]; a dot in a name is written \\.
  const steps = (path) => (String(path).replace(/([^\\])\[/g, '$1.[').match(/(\\\.|[^.]+?)+/g) || []).map((step) => {
    const index = /^\[(\d+)\]$/.exec(step);
    return index ? index[1] : step.replace(/\\([.[\]])/g, '$1');
  });

  method('property', function (name, value, message) {
    const f = mark(this, message);
    const object = f.object;
    if (object === null || object === undefined) refuse(f, 'Target cannot be null or undefined.');
    if (f.nested && f.own) refuse(f, 'The "nested" and "own" flags cannot be combined.');
    let found = object;
    let has = true;
    for (const step of f.nested ? steps(name) : [name]) {
      has = has && found !== null && found !== undefined &&
        (f.own ? Object.prototype.hasOwnProperty.call(found, step) : step in Object(found));
      found = has ? found[step] : undefined;
    }
    const word = (f.deep ? 'deep ' : '') + (f.own ? 'own ' : '') + (f.nested ? 'nested ' : '') + 'property ';
    if (!f.negate || arguments.length === 1) {
      check(this, has, 'expected #{this} to have ' + word + p.inspect(name), 'expected #{this} to not have ' + word + p.inspect(name));
    }
    if (arguments.length > 1) {
      const same = f.deep ? deep : strict;
      check(this, has && same(value, found), 'expected #{this} to have ' + word + p.inspect(name) + ' of #{exp}, but got #{act}',
        'expected #{this} to not have ' + word + p.inspect(name) + ' of #{act}', value, found);
    }
    return make({ object: found, message: f.message });
  });
  method('ownProperty haveOwnProperty', function (...args) {
    this.flags.own = true;
    return this.property(...args);
  });

  chainable('lengthOf length', function (length, message) {
    const f = mark(this, message);
    f.length = true;
    const value = measure(f, 'length', length);
    f.length = false;
    check(this, value === length, 'expected #{this} to have a length of #{exp} but got #{act}', 'expected #{this} to not have a length of #{act}', length, value);
  }, function () { this.flags.length = true; });

  method('match matches', function (pattern, message) {
    const f = mark(this, message);
    check(this, pattern.exec(f.object) !== null, 'expected #{this} to match ' + pattern, 'expected #{this} not to match ' + pattern);
  });
  method('string', function (text, message) {
    const f = mark(this, message);
    if (typeof f.object !== 'string') refuse(f, 'expected ' + p.display(f.object) + ' to be a string');
    check(this, f.object.indexOf(text) !== -1, 'expected #{this} to contain ' + p.inspect(text), 'expected #{this} to not contain ' + p.inspect(text));
  });

  method('keys key', function (...args) {
    const f = this.flags;
    let wanted = args;
    if (args.length === 1 && Array.isArray(args[0])) wanted = args[0];
    else if (args.length === 1 && args[0] === Object(args[0]) && !sized(args[0])) wanted = Object.keys(args[0]);
    if (!wanted.length) refuse(f, 'keys required');
    if (f.object === null || f.object === undefined) refuse(f, 'expected ' + p.display(f.object) + ' to have keys');
    const isCollection = sized(f.object);
    const actual = isCollection ? [...f.object.keys()] : allKeys(f.object);
    if (!isCollection) wanted = wanted.map((k) => (typeof k === 'symbol' ? k : String(k)));
    const same = f.deep ? deep : strict;
    const there = (key) => actual.some((k) => same(k, key));
    let ok;
    if (f.any) ok = wanted.some(there);
    else ok = wanted.every(there) && (f.contains || wanted.length === actual.length);
    const shown = wanted.map((k) => p.inspect(k));
    const last = shown.pop();
    const list = shown.length ? shown.join(', ') + (f.any ? ', or ' : ', and ') + last : last;
    const text = (f.contains ? 'contain ' : 'have ') + (shown.length ? 'keys ' : 'key ') + list;
    check(this, ok, 'expected #{this} to ' + text, 'expected #{this} to not ' + text, wanted, actual);
  });

  method('members', function (list, message) {
    const f = mark(this, message);
    if (!Array.isArray(f.object)) refuse(f, 'expected ' + p.display(f.object) + ' to be iterable');
    if (!Array.isArray(list)) refuse(f, 'expected ' + p.display(list) + ' to be iterable');
    const same = f.deep ? deep : strict;
    const order = f.ordered ? 'ordered ' : '';
    let ok;
    if (f.contains) ok = f.ordered ? list.every((item, i) => same(f.object[i], item)) : contained(list, f.object, same);
    else if (f.ordered) ok = list.length === f.object.length && list.every((item, i) => same(f.object[i], item));
    else ok = sameMembers(f.object, list, same);
    const subject = f.contains ? 'be a' + (f.ordered ? 'n ordered' : '') + ' superset of #{exp}' : 'have the same ' + (f.deep ? 'deep ' : '') + order + 'members as #{exp}';
    const negated = f.contains ? 'not be a' + (f.ordered ? 'n ordered' : '') + ' superset of #{exp}' : 'not have the same ' + (f.deep ? 'deep ' : '') + order + 'members as #{exp}';
    check(this, ok, 'expected #{this} to ' + subject, 'expected #{this} to ' + negated, list);
  });

  // contained: each of list is in whole, as often as list has it.
  function contained(list, whole, same) {
    const left = whole.slice();
    return list.every((item) => {
      const at = left.findIndex((other) => same(other, item));
      if (at < 0) return false;
      left.splice(at, 1);
      return true;
    });
  }

  method('oneOf', function (list, message) {
    const f = mark(this, message);
    if (!Array.isArray(list)) refuse(f, 'expected ' + p.display(list) + ' to be an array');
    const same = f.deep ? deep : strict;
    if (f.contains) {
      check(this, list.some((item) => f.object.indexOf(item) > -1), 'expected #{this} to contain one of #{exp}', 'expected #{this} to not contain one of #{exp}', list);
      return;
    }
    check(this, list.some((item) => same(item, f.object)), 'expected #{this} to be one of #{exp}', 'expected #{this} to not be one of #{exp}', list);
  });
  method('satisfy satisfies', function (test, message) {
    const f = mark(this, message);
    check(this, test(f.object), 'expected #{this} to satisfy ' + p.display(test), 'expected #{this} to not satisfy ' + p.display(test));
  });
  method('respondTo respondsTo', function (name, message) {
    const f = mark(this, message);
    const has = typeof f.object === 'function' && f.object.prototype ? typeof f.object.prototype[name] === 'function' : typeof f.object[name] === 'function';
    check(this, has, 'expected #{this} to respond to ' + p.inspect(name), 'expected #{this} to not respond to ' + p.inspect(name));
  });

  method('throw throws Throw', function (kind, text, message) {
    const f = mark(this, message);
    if (typeof f.object !== 'function') refuse(f, 'expected ' + p.display(f.object) + ' to be a function');
    if (typeof kind === 'string' || kind instanceof RegExp) {
      text = kind;
      kind = undefined;
    }
    let thrown;
    let threw = false;
    try {
      f.object();
    } catch (e) {
      threw = true;
      thrown = e;
    }
    const name = kind === undefined ? 'an error' : kind instanceof Error ? p.display(kind) : kind.name;
    const isKind = kind === undefined || (kind instanceof Error ? thrown === kind : thrown instanceof kind);
    const said = thrown !== null && thrown !== undefined && thrown.message !== undefined ? String(thrown.message) : String(thrown);
    const isText = text === undefined || (text instanceof RegExp ? text.test(said) : said.indexOf(text) !== -1);
    const including = text === undefined ? '' : text instanceof RegExp ? ' matching ' + text : ' including ' + p.inspect(text);
    const but = threw ? ' but ' + p.display(thrown) + ' was thrown' : '';
    check(this, threw && isKind && isText, 'expected #{this} to throw ' + name + including + but, 'expected #{this} to not throw ' + name + including + but);
    return make({ object: thrown, message: f.message });
  });

  p.expect = (object, message) => make({ object, message });
  p.expect.fail = (...args) => {
    throw new AssertionError((args.length < 2 ? args[0] : args[2]) || 'expect.fail()', args[0], args[1]);
  };
  p.assertions = { AssertionError, property, method, check, refuse, deep, strict };
})(__parley);
