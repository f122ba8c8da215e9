import { type RefObject, useState } from 'react';
import { ApiError, call } from '@/components/data/call';
import { showForm, submitForm } from '@/lib/triggers/forms/contract';
import { type FormView, refusalSchema } from '@/lib/triggers/forms/schema';
import { type Problems, problemsOf, submissionOf } from './read-answers';

/** Why a form was not sent, and whether what was typed can be sent as it is. */
type Refused = { message: string; tone: 'danger' | 'warning' };

type Options = {
  token: string;
  view: FormView;
  form: RefObject<HTMLFormElement | null>;
  /** Told the key of what was sent, and that it was an earlier version of the answers. */
  onSent: (key: string, earlier: boolean) => void;
};

/** Checks and sends a form. What was typed stays in the page, whatever comes of it. */
export function useForm({ token, view: given, form, onSent }: Options) {
  const [view, setView] = useState(given);
  const [problems, setProblems] = useState<Problems>({});
  const [refused, setRefused] = useState<Refused>();
  const [sending, setSending] = useState(false);
  // One for each page: pressed twice, or sent again after a broken connection, it is one submission.
  const [key] = useState(() => crypto.randomUUID());

  const refuse = async (error: unknown) => {
    const refusal = refusalSchema.safeParse(ApiError.isInstance(error) ? error.details : undefined);
    if (!refusal.success) return setRefused({ message: messageOf(error), tone: 'danger' });
    switch (refusal.data.reason) {
      case 'sent':
        return onSent(key, true);
      case 'closed':
        return setRefused({
          message: 'This form takes no answers at the moment. What you typed is still here.',
          tone: 'warning',
        });
      case 'answers':
        setProblems(refusal.data.problems);
        return focusFirst(form.current, refusal.data.problems);
      case 'changed':
        setView(await call(showForm, { params: { token } }));
        return setRefused({
          message:
            'This form was changed while you filled it in. What you typed is kept: check it, then send it again.',
          tone: 'warning',
        });
    }
  };
  const send = async () => {
    const element = form.current;
    if (element === null || sending) return;
    const wrong = problemsOf(view.fields, element);
    setProblems(wrong);
    setRefused(undefined);
    if (Object.keys(wrong).length > 0) return focusFirst(element, wrong);
    setSending(true);
    try {
      await post(token, submissionOf(view.fields, element, { key, shape: view.shape }));
      onSent(key, false);
    } catch (error) {
      await refuse(error).catch((worse: unknown) =>
        setRefused({ message: messageOf(worse), tone: 'danger' }),
      );
    } finally {
      setSending(false);
    }
  };
  /** Looks again at a field that was wrong, as soon as it is changed. */
  const edited = (name: string) => {
    if (problems[name] === undefined || form.current === null) return;
    const { [name]: old, ...others } = problems;
    const now = problemsOf(view.fields, form.current)[name];
    if (now !== old) setProblems(now === undefined ? others : { ...others, [name]: now });
  };
  return { view, problems, refused, sending, send, edited };
}

async function post(token: string, body: FormData): Promise<void> {
  // The browser names the type, with the mark between the parts.
  await call(submitForm, { params: { token }, body }, { form: true });
}

const messageOf = (error: unknown) =>
  ApiError.isInstance(error) ? error.message : 'It was not sent. Try again in a moment.';

/** The first wrong field in the order of the page. */
function focusFirst(form: HTMLFormElement | null, problems: Problems): void {
  const places = [...(form?.querySelectorAll<HTMLElement>('[data-answer]') ?? [])];
  const first = places.find(({ dataset }) => problems[dataset.answer ?? ''] !== undefined);
  first?.querySelector<HTMLElement>('input, select, textarea')?.focus();
}
