import { CircleCheck, CircleX, Hourglass } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '@/components/ui/controls/button';
import { Markdown } from '@/components/ui/display/markdown';
import { Spinner } from '@/components/ui/spinner';
import type { Submission } from '@/lib/triggers/forms/schema';
import { useSubmission } from './use-submission';

type Props = {
  token: string;
  submission: string;
  title: string;
  /** What was sent before stands: what was changed since was not sent. */
  earlier: boolean;
  embedded: boolean;
  onAgain: () => void;
};

/** What became of a form that was sent: it is worked on, it waits, it is done, or it failed. */
export function SubmissionPage({ token, submission, title, earlier, embedded, onAgain }: Props) {
  const { data, lost } = useSubmission(token, submission);
  return (
    <>
      <p className="text-sm font-medium text-muted">{title}</p>
      {earlier ? (
        <p role="alert" className="mt-3 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
          Your first answers had arrived already. What you changed since was not sent.
        </p>
      ) : null}
      <div role="status" className="mt-3">
        <State data={data} lost={lost} embedded={embedded} />
      </div>
      {data?.state === 'done' || data?.state === 'failed' || lost ? (
        <Button onClick={onAgain} className="mt-6">
          Fill it in again
        </Button>
      ) : null}
    </>
  );
}

type StateProps = {
  data: Submission | undefined;
  lost: string | undefined;
  embedded: boolean;
};

function State({ data, lost, embedded }: StateProps) {
  if (lost !== undefined) {
    return <Told title="The result cannot be shown">{lost}</Told>;
  }
  if (data === undefined || data.state === 'working') {
    return (
      <Told title="Your answers arrived" mark={<Spinner />}>
        The result appears here as soon as it is there. You can keep this page open, or come back to
        its address.
      </Told>
    );
  }
  if (data.state === 'waiting') {
    return (
      <Told title="Your answers arrived" mark={<Hourglass aria-hidden className="text-info" />}>
        It goes on when somebody has decided or a time has come. You can keep this page open, or
        come back to its address. Reference: {data.reference}
      </Told>
    );
  }
  if (data.state === 'failed') {
    return (
      <Told title="Something went wrong" mark={<CircleX aria-hidden className="text-danger" />}>
        Your answers arrived, but they could not be worked on to the end. When you ask about it,
        name this reference: {data.reference}
      </Told>
    );
  }
  return <Result result={data.result} embedded={embedded} />;
}

function Result({ result, embedded }: { result: Submission['result']; embedded: boolean }) {
  if (result?.kind === 'redirect') return <Redirect url={result.url} embedded={embedded} />;
  if (result?.kind === 'values') {
    return (
      <dl className="mt-1 divide-y text-base">
        {result.values.map(({ name, value }) => (
          <div key={name} className="flex flex-wrap gap-x-4 py-2">
            <dt className="w-40 shrink-0 text-muted">{name}</dt>
            <dd className="min-w-0 flex-1 break-words whitespace-pre-wrap">{value}</dd>
          </div>
        ))}
      </dl>
    );
  }
  if (result?.kind === 'text' && result.text.trim() !== '') {
    return <Markdown text={result.text} className="text-base" />;
  }
  return (
    <Told title="Thank you" mark={<CircleCheck aria-hidden className="text-success" />}>
      Your answers arrived.
    </Told>
  );
}

function Redirect({ url, embedded }: { url: string; embedded: boolean }) {
  // Inside a frame, most pages refuse to be shown: there, people go on by themselves.
  useEffect(() => {
    if (!embedded) window.location.assign(url);
  }, [url, embedded]);
  return (
    <Told title="Your answers arrived" mark={<CircleCheck aria-hidden className="text-success" />}>
      <a
        href={url}
        target={embedded ? '_top' : undefined}
        rel="noreferrer"
        className="text-accent underline underline-offset-2"
      >
        Continue
      </a>
    </Told>
  );
}

type ToldProps = { title: string; mark?: React.ReactNode; children: React.ReactNode };

function Told({ title, mark, children }: ToldProps) {
  return (
    <>
      <h1 className="flex items-center gap-2.5 text-xl font-semibold tracking-[-0.015em] [&_svg]:size-5 [&_svg]:shrink-0">
        {mark}
        {title}
      </h1>
      <p className="mt-2 text-base text-muted text-pretty">{children}</p>
    </>
  );
}
