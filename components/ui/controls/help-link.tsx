import { CircleQuestionMark } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { Tooltip } from './tooltip';

type Props = {
  /** A place in the manual. */
  href: string;
  /** What is explained there. */
  what: ReactNode;
  /** The explanation in short, shown on hover. */
  sentence?: string | undefined;
  /** It stands for a whole page: larger, and a stop of the Tab key. */
  page?: boolean;
};

/**
 * A question mark that opens the manual beside the page. That of a setting is no stop of the Tab key, which goes from
 * setting to setting: there, F1 does the same.
 */
export function HelpLink({ href, what, sentence, page }: Props) {
  return (
    <Tooltip label={sentence ?? 'Open the manual'} {...(page ? {} : { keys: ['F1'] })}>
      <a
        href={href}
        target="_blank"
        rel="noreferrer"
        tabIndex={page ? undefined : -1}
        className="inline-flex self-center rounded-full text-faint opacity-60 transition-opacity duration-100 hover:text-fg hover:opacity-100"
      >
        <CircleQuestionMark className={page ? 'size-4' : 'size-3'} aria-hidden />
        <span className="sr-only">Help on {what}</span>
      </a>
    </Tooltip>
  );
}

/** F1 opens a place in the manual; the innermost one that has one takes it. */
export function openHelp(event: KeyboardEvent, href: string): void {
  if (event.key !== 'F1' || event.defaultPrevented) return;
  event.preventDefault();
  window.open(href, '_blank', 'noreferrer');
}
