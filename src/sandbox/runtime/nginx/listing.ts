import type { HttpResponse } from '../container-runtime.ts';
import type { ProcessFiles } from '../files/process-files.ts';
import { dateParts } from '../http/dates.ts';
import { respond } from '../http/responses.ts';
import { sizeOf } from '../volume.ts';

/** How much of a name a listing shows. */
const widest = 50;

/** What a folder holds, as `autoindex on` shows it: folders first. */
export function listing(files: ProcessFiles, whole: string, path: string): HttpResponse {
  const rows = files
    .list(whole)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const node = files.look(`${whole}${name}`);
      if (node === undefined) return [];
      const isFolder = node.kind === 'folder';
      return [
        {
          name: isFolder ? `${name}/` : name,
          isFolder,
          at: node.at,
          size: isFolder ? '-' : `${sizeOf(node)}`,
        },
      ];
    })
    .sort((one, other) => Number(other.isFolder) - Number(one.isFolder));
  const lines = rows.map(({ name, at, size }) => {
    const shown = name.length > widest ? `${name.slice(0, widest - 3)}..&gt;` : name;
    const { day, month, year, hours, minutes } = dateParts(at);
    const space = ' '.repeat(Math.max(1, widest + 1 - name.length));
    return `<a href="${encodeURI(name)}">${shown}</a>${space}${day}-${month}-${year} ${hours}:${minutes}${size.padStart(20)}\r\n`;
  });
  const title = `Index of ${path}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${lines.join('')}</pre><hr></body>\r\n</html>\r\n`;
  const headers = { 'Content-Type': 'text/html', 'Transfer-Encoding': 'chunked', Connection: 'keep-alive' };
  return { ...respond(200, {}, body), headers };
}
