// Signs the request as it is about to leave: everything is resolved by now.
const time = String(Math.floor(Date.now() / 1000));
const signed = [pm.request.method, pm.request.url.getPathWithQuery(), time, pm.request.body.raw].join('\n');

pm.request.headers.upsert({ key: 'X-Time', value: time });
pm.request.headers.upsert({
  key: 'X-Signature',
  value: CryptoJS.HmacSHA256(signed, pm.variables.get('signing_key')).toString(),
});
