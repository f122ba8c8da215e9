import { corpusOfOffice } from './corpus-office';
import { corpusOfWork } from './corpus-work';

export type CorpusTool = { server: string; name: string; title: string; description: string };

/** Tools as servers of the field describe them: a server a heading, a tool a line. */
function read(text: string): CorpusTool[] {
  let server = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('# ')) {
      server = line.slice(2).trim();
      return [];
    }
    const [name = '', description = ''] = line.split(' | ');
    if (description === '') return [];
    const words = name.replaceAll('_', ' ');
    const title = `${server}: ${words.charAt(0).toUpperCase()}${words.slice(1)}`;
    const prefix = server.toLowerCase().replaceAll(/[^a-z]+/g, '_');
    return [{ server, name: `mcp_${prefix}_${name}`, title, description }];
  });
}

export const corpus: readonly CorpusTool[] = [...read(corpusOfWork), ...read(corpusOfOffice)];
