/**
 * A page that needs neither the database nor Next, for when one of them cannot answer. Styled by attributes, which the
 * content security policy allows without a nonce. `sentence` is ours, never a visitor's.
 */
export const unavailablePage = (sentence: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not available · Gatehouse</title>
</head>
<body style="margin:0;font:14px/20px 'Geist Variable',system-ui,sans-serif">
<main style="box-sizing:border-box;max-width:60ch;margin:0 auto;padding:20vh 16px 64px;text-align:center">
<h1 style="margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600">Gatehouse is not available</h1>
<p style="margin:0 0 16px">${sentence}</p>
<p style="margin:0"><a href="">Try again</a></p>
</main>
</body>
</html>
`;
