// CryptoJS as far as requests are signed with it: digests, HMAC, and the encodings Hex, Base64 and Utf8.
(function (p) {
  'use strict';

  class WordArray {
    constructor(hex) {
      Object.defineProperty(this, 'hex', { value: hex });
      this.sigBytes = hex.length / 2;
    }
    toString(encoding) { return (encoding || enc.Hex).stringify(this); }
    concat(other) { return new WordArray(this.hex + bytes(other)); }
    clone() { return new WordArray(this.hex); }
  }

  const bytes = (v) => (v instanceof WordArray ? v.hex : p.host.utf8(String(v)));
  const enc = {
    Hex: { stringify: (w) => w.hex, parse: (s) => new WordArray(String(s).toLowerCase()) },
    Base64: { stringify: (w) => p.host.base64(w.hex), parse: (s) => new WordArray(p.host.unbase64(String(s))) },
    Utf8: { stringify: (w) => p.host.text(w.hex), parse: (s) => new WordArray(p.host.utf8(String(s))) },
  };
  enc.Base64url = {
    stringify: (w) => enc.Base64.stringify(w).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
    parse: (s) => enc.Base64.parse(String(s).replace(/-/g, '+').replace(/_/g, '/')),
  };

  const crypto = { enc, lib: { WordArray } };
  for (const name of ['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512']) {
    crypto[name] = (message) => new WordArray(p.host.digest(name, bytes(message)));
    crypto['Hmac' + name] = (message, key) => new WordArray(p.host.hmac(name, bytes(key), bytes(message)));
  }
  p.CryptoJS = crypto;
  p.btoa = (text) => {
    text = String(text);
    let hex = '';
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 255) throw new Error('btoa: a character is beyond Latin-1');
      hex += (code < 16 ? '0' : '') + code.toString(16);
    }
    return p.host.base64(hex);
  };
  p.atob = (text) => (p.host.unbase64(String(text).replace(/\s/g, '')).match(/../g) || []).map((h) => String.fromCharCode(parseInt(h, 16))).join('');
})(__parley);
