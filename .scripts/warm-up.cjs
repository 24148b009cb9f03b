// Runs the quickest commands once in one process, so that bin/load.js keeps what V8 compiles of them.
const { join } = require('node:path');
const { Writable } = require('node:stream');
const { pathToFileURL } = require('node:url');
const { load } = require('../bin/load.js');

process.env.FORCE_COLOR = '0';
const nowhere = () =>
  Object.assign(new Writable({ write: (_chunk, _encoding, done) => done() }), { columns: 80 });

async function warmUp() {
  const { run } = load('main.js');
  const lines = [
    '--version',
    '--help',
    'learn --list',
    'learn pods --plain',
    'glossary pod',
    'map ps',
    'map docker run -d --name web -p 8080:80 -v data:/data -e A=b --restart=always nginx',
    'map --json docker ps -a',
  ];
  for (const line of lines) {
    const code = await run(line.split(' '), {
      stdin: process.stdin,
      stdout: nowhere(),
      stderr: nowhere(),
      env: { LANG: 'C.UTF-8' },
      platform: process.platform,
      content: pathToFileURL(join(__dirname, '..', 'dist', 'content', '/')),
      now: () => new Date(),
      home: () => '',
    });
    if (code !== 0) throw new Error(`k8s-docker-tutor ${line} ended with ${code}`);
  }
}

warmUp();
