'use client';

import { useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { Button } from '@/components/ui/controls/button';
import { Markdown } from '@/components/ui/display/markdown';
import type { FormView } from '@/lib/triggers/forms/schema';
import { AnswerField } from './answer-field';
import { SubmissionPage } from './submission-page';
import { useForm } from './use-form';
import { VisitorFrame } from './visitor-frame';

type Props = { token: string; view: FormView; embedded?: boolean };

/** What the address says after a submission, so that the page shows its result again when it is reloaded. */
const sentMark = '#sent=';
const sentKey = () => {
  const { hash } = window.location;
  return hash.startsWith(sentMark) ? hash.slice(sentMark.length) : undefined;
};

/** A form that was shared by link, and after it was sent what became of it. */
export function FormPage({ token, view, embedded = false }: Props) {
  const [sent, setSent] = useState<{ key: string; earlier: boolean }>();
  useEffect(() => {
    const key = sentKey();
    if (key !== undefined) setSent({ key, earlier: false });
  }, []);
  if (sent) {
    return (
      <VisitorFrame>
        <SubmissionPage
          token={token}
          submission={sent.key}
          title={view.title}
          earlier={sent.earlier}
          embedded={embedded}
          onAgain={() => {
            window.history.replaceState(null, '', window.location.pathname);
            window.location.reload();
          }}
        />
      </VisitorFrame>
    );
  }
  return (
    <VisitorFrame foot="Never send passwords by a form.">
      <OpenForm
        token={token}
        view={view}
        onSent={(key, earlier) => {
          window.history.replaceState(null, '', sentMark + key);
          setSent({ key, earlier });
        }}
      />
    </VisitorFrame>
  );
}

type OpenProps = {
  token: string;
  view: FormView;
  onSent: (key: string, earlier: boolean) => void;
};

function OpenForm({ token, view: given, onSent }: OpenProps) {
  const form = useRef<HTMLFormElement>(null);
  const { view, problems, refused, sending, send, edited } = useForm({
    token,
    view: given,
    form,
    onSent,
  });
  const wrong = Object.keys(problems).length;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FormBody view={view} problems={problems} onEdit={edited} />
      <div className="mt-7">
        {refused ? (
          <p
            role="alert"
            className={cn(
              'mb-3 rounded-md px-3 py-2 text-sm',
              refused.tone === 'danger'
                ? 'bg-danger-soft text-danger'
                : 'bg-warning-soft text-warning',
            )}
          >
            {refused.message}
          </p>
        ) : null}
        {wrong > 0 ? (
          <p role="alert" className="mb-3 text-sm text-danger">
            {wrong === 1 ? 'One answer needs another look.' : `${wrong} answers need another look.`}
          </p>
        ) : null}
        <Button type="submit" variant="primary" loading={sending} className="h-10 px-5 text-base">
          {view.button}
        </Button>
      </div>
    </form>
  );
}

type BodyProps = {
  view: FormView;
  problems?: Record<string, string>;
  onEdit?: (name: string) => void;
};

/** The texts and the fields of a form; in the editor, too, where somebody looks at it beforehand. */
export function FormBody({ view, problems = {}, onEdit }: BodyProps) {
  return (
    <>
      <h1 className="text-xl font-semibold tracking-[-0.015em] text-balance break-words">
        {view.title}
      </h1>
      {view.description ? (
        <Markdown text={view.description} className="mt-2 text-base text-muted" />
      ) : null}
      <div className="mt-6 flex flex-col gap-5">
        {view.fields.map((field) => (
          <AnswerField
            key={field.name}
            field={field}
            problem={problems[field.name]}
            onEdit={() => onEdit?.(field.name)}
          />
        ))}
      </div>
    </>
  );
}
