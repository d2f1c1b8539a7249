/** Pages that are no answer: refusals, faults and a site that looks different since this morning. */

export function refusedPage(): string {
  return `<!DOCTYPE HTML><html><head><meta charset="utf-8"><title>ERROR: The request could not be satisfied</title></head>
<body><h1>403 ERROR</h1><h2>The request could not be satisfied.</h2><hr>Request blocked.<pre>Request ID: world</pre></body></html>`
}

export function captchaPage(): string {
  return `<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>Potwierdź, że nie jesteś robotem</title>
<script>var dd={'rt':'c','cid':'world','hsh':'world','t':'fe','host':'geo.captcha-delivery.com'}</script></head>
<body><div id="captcha-container" class="g-recaptcha" data-sitekey="world"></div><p>Captcha</p></body></html>`
}

export function changedPage(titles: readonly string[]): string {
  const tiles = titles.map(
    (title) => `<div class="t9 t9--tile"><b class="t9__n">${title.replaceAll('<', '&lt;')}</b></div>`,
  )
  return `<!DOCTYPE html><html lang="pl"><head><meta charset="utf-8"><title>Ogłoszenia</title></head>
<body><div id="app9">${tiles.join('\n')}</div><script src="/app9/main.js" defer></script></body></html>`
}

export function brokenPage(): string {
  return '<html><head><title>500 Internal Server Error</title></head><body><h1>500 Internal Server Error</h1></body></html>'
}
