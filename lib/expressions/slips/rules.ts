import { splitTemplate } from '../template';
import { outsideTexts } from './outside-texts';

/** What is known where an expression stands. */
export type Around = {
  /** Keys of steps by key and by lower-case title, for those who write the title. */
  steps: ReadonlyMap<string, string>;
  /** The step just before, if there is one. */
  previous?: string | undefined;
  /** Inputs of the run. */
  inputs: readonly string[];
};

type Rule = {
  /** What was written and what is written here, in one sentence. */
  says: string;
  change(source: string, around: Around): string;
};

const outside =
  (pattern: RegExp, to: string): Rule['change'] =>
  (source) =>
    outsideTexts(source, (part) => part.replace(pattern, to));

const keyOf = ({ steps }: Around, name: string) => steps.get(name.trim().toLowerCase());

/** A reference to a step by key or title; as it was where there is no such step. */
const stepAt = (around: Around, name: string, rest: string, otherwise: string) => {
  const key = keyOf(around, name);
  return key === undefined ? otherwise : `steps.${key}.output${rest}`;
};

/** Habits of other languages and tools, and how each is written here. The order is that in which they are put right. */
export const rules: readonly Rule[] = [
  {
    says: 'Texts stand in straight quotes: "text".',
    change: (source) => source.replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'"),
  },
  {
    says: 'An expression needs no {{ }}: they are for texts.',
    change: (source) =>
      source.includes('{{')
        ? splitTemplate(source)
            .map(({ kind, text }) => (kind === 'expression' ? text.trim() : text))
            .join('')
            .trim()
        : source,
  },
  {
    says: 'The output of a step is written steps.name.output.',
    change: (source, around) =>
      source
        // n8n
        .replace(
          /\$\(\s*["']([^"']+)["']\s*\)\s*\.(?:item|first\(\)|last\(\))\s*\.json/g,
          (whole, name: string) => stepAt(around, name, '', whole),
        )
        .replace(/\$node\s*\[\s*["']([^"']+)["']\s*\]\s*\.json/g, (whole, name: string) =>
          stepAt(around, name, '', whole),
        )
        .replace(/\$node\s*\.\s*([A-Za-z_]\w*)\s*\.json/g, (whole, name: string) =>
          stepAt(around, name, '', whole),
        )
        .replace(/\$(?:input\.item\.)?json\b/g, (whole) =>
          around.previous === undefined ? whole : `steps.${around.previous}.output`,
        )
        // Dify
        .replace(/#\s*([A-Za-z_][\w-]*)\.([\w.]+)\s*#/g, (whole, name: string, rest: string) =>
          stepAt(around, name, `.${rest}`, whole),
        )
        // Sim
        .replace(
          /<([A-Za-z_][\w ]*)(?:\.output)?((?:\.\w+)*)>/g,
          (whole, name: string, rest: string) => stepAt(around, name, rest, whole),
        ),
  },
  {
    says: 'A value is compared with ==.',
    change: (source) =>
      outsideTexts(source, (part) =>
        part.replace(/([=!])==/g, '$1=').replace(/(?<![=!<>])=(?![=>])/g, '=='),
      ),
  },
  {
    says: 'Null is compared with == or !=.',
    change: (source) =>
      outsideTexts(source, (part) =>
        part.replace(/\s+is\s+not\s+null\b/gi, ' != null').replace(/\s+is\s+null\b/gi, ' == null'),
      ),
  },
  {
    says: 'Conditions are put together with &&, || and !.',
    change: (source) =>
      outsideTexts(source, (part) =>
        part
          .replace(/(?<=[\w)\]"'\s])\s*(?<![.\w])(?:and|AND)(?!\w)\s*/g, ' && ')
          .replace(/(?<=[\w)\]"'\s])\s*(?<![.\w])(?:or|OR)(?!\w)\s*/g, ' || ')
          .replace(/(?<![.\w])(?:not|NOT)\s+(?!in\b)/g, '!')
          .replace(/(?<![&])&(?![&])/g, '&&')
          .replace(/(?<![|])\|(?![|])/g, '||'),
      ),
  },
  {
    says: 'What is missing is null.',
    change: outside(/(?<![.\w])(?:undefined|None|nil|NULL|Null)(?!\w)/g, 'null'),
  },
  {
    says: 'True and false are written in small letters.',
    change: (source) =>
      outsideTexts(source, (part) =>
        part
          .replace(/(?<![.\w])(?:True|TRUE)(?!\w)/g, 'true')
          .replace(/(?<![.\w])(?:False|FALSE)(?!\w)/g, 'false'),
      ),
  },
  {
    says: 'A function inside map or filter is written rows.map(r, r.name).',
    change: outside(/\(\s*\(?\s*([A-Za-z_]\w*)\s*\)?\s*=>\s*/g, '($1, '),
  },
  {
    says: 'The number of items or characters is size().',
    change: (source) =>
      outsideTexts(source, (part) =>
        part
          .replace(/\.length\b(?:\(\s*\))?|\.(?:count|len)\(\s*\)/g, '.size()')
          .replace(/(?<![.\w])(?:len|count|LEN)\s*\(/g, 'size('),
      ),
  },
  {
    says: 'Functions have their own names here: contains(), lower(), upper(), startsWith(), endsWith().',
    change: (source) =>
      outsideTexts(source, (part) =>
        part
          .replace(/\.includes\(/g, '.contains(')
          .replace(/\.(?:toLowerCase|toLower|lowercase)\(/g, '.lower(')
          .replace(/\.(?:toUpperCase|toUpper|uppercase)\(/g, '.upper(')
          .replace(/\.(?:toString|to_s)\(\s*\)/g, '.string()')
          .replace(/(?<![.\w])(?:Number|parseFloat|float)\s*\(/g, 'toNumber(')
          .replace(/(?<![.\w])(?:String|str)\s*\(/g, 'string('),
      ),
  },
  {
    says: 'A choice is written condition ? value : other.',
    change: (source) => {
      const call = /^\s*(?:if|IF|iif)\s*\((.+)\)\s*$/s.exec(source);
      const parts = call?.[1] === undefined ? [] : splitAtCommas(call[1]);
      const [condition, value, other] = parts;
      return parts.length === 3 ? `${condition} ? ${value} : ${other}` : source;
    },
  },
  {
    says: 'A number is added to a text as string(number).',
    change: (source) =>
      source
        .replace(
          /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*\+\s*(-?\d+(?:\.\d+)?)(?![\w.])/g,
          '$1 + string($2)',
        )
        .replace(
          /(?<![\w.])(-?\d+(?:\.\d+)?)\s*\+\s*("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')/g,
          'string($1) + $2',
        ),
  },
  {
    says: 'Dates are compared as texts of the form "2026-12-31".',
    change: (source) =>
      source.replace(
        /((?:[<>]=?|[=!]=)\s*)(["'])(\d{1,2})([./])(\d{1,2})\4(\d{4})\2/g,
        (
          _,
          operator: string,
          quote: string,
          first: string,
          dot: string,
          second: string,
          year: string,
        ) => {
          // With slashes the month comes first unless it cannot be one.
          const monthFirst = dot === '/' && Number(first) <= 12;
          const [month, day] = monthFirst ? [first, second] : [second, first];
          return `${operator}${quote}${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${quote}`;
        },
      ),
  },
  {
    says: 'The output of a step is written steps.name.output, an input of the run input.name.',
    change: (source, around) =>
      outsideTexts(source, (part) =>
        part
          .replace(
            /(?<![.\w])steps\.([A-Za-z_]\w*)\.(?!output\b)(?=[A-Za-z_])/g,
            (whole, key: string) =>
              [...around.steps.values()].includes(key) ? `steps.${key}.output.` : whole,
          )
          .replace(
            /(?<![.\w"'])([A-Za-z_]\w*)(?:\.output)?((?:\.[A-Za-z_]\w*|\[\d+\])*)(?!\w|\s*\()/g,
            (whole, name: string, rest: string) => {
              if (own.has(name)) return whole;
              if ([...around.steps.values()].includes(name)) return `steps.${name}.output${rest}`;
              return around.inputs.includes(name)
                ? `input.${name}${whole.slice(name.length)}`
                : whole;
            },
          ),
      ),
  },
];

/** Words that stand for themselves. */
const own = new Set([
  'steps',
  'input',
  'run',
  'item',
  'index',
  'row',
  'true',
  'false',
  'null',
  'in',
  'error',
  'cel',
]);

/** The parts of a call's arguments; commas inside brackets and texts do not count. */
function splitAtCommas(source: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const character of source) {
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0 && !quote) {
      parts.push(part.trim());
      part = '';
    } else part += character;
  }
  return [...parts, part.trim()];
}
