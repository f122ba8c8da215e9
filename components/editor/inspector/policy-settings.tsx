'use client';

import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { knownNames } from '@/components/expressions/names';
import { useCanEdit, useSession } from '@/components/session/session';
import { Field } from '@/components/ui/controls/field';
import { Select } from '@/components/ui/controls/select';
import type { DraftNode } from '@/lib/canvas/graph';
import { typeOf } from '@/lib/canvas/node-types';
import { checkExpression } from '@/lib/expressions/check';
import { setPolicy } from '@/lib/workflows/edits/edits';
import type { Policy } from '@/lib/workflows/schema';
import { PolicyField } from './policy-field';
import {
  codesOf,
  jsonOf,
  retryDefaults,
  usualJitter,
  withCache,
  withOnError,
  withPart,
  withRetry,
} from './policy-parts';
import { policyTexts as texts } from './policy-texts';

const numberOf = (text: string): number | undefined => {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new Error(texts.wrong.number);
  return value;
};
const msOf = (text: string) => {
  const seconds = numberOf(text);
  return seconds === undefined ? undefined : Math.round(seconds * 1_000);
};
const shown = (value: number | undefined, unit = 1) =>
  value === undefined ? '' : String(value / unit);

/** What happens around the step: attempts, what a failure means, whether it may repeat, cache, priority. */
export function PolicySettings({ node }: { node: DraftNode }) {
  const type = typeOf(node.type);
  if (type?.accepts === false && node.policy === undefined) return null;
  return (
    <details className="group/policy border-t pt-3" open={node.policy !== undefined}>
      <summary className="flex list-none items-center gap-1 text-xs font-medium text-muted hover:text-fg">
        <ChevronRight
          className="size-3.5 transition-transform duration-100 group-open/policy:rotate-90"
          aria-hidden
        />
        {texts.title}
        <span className="font-normal text-faint">{texts.contents}</span>
      </summary>
      <div className="mt-3 flex flex-col gap-4">
        <Attempts node={node} />
        <Failing node={node} />
        <Repeating node={node} />
      </div>
    </details>
  );
}

const Part = ({ children }: { children: ReactNode }) => (
  <div className="grid grid-cols-2 gap-3">{children}</div>
);

function Attempts({ node }: { node: DraftNode }) {
  const { policy } = node;
  const retry = policy?.retry;
  const { attempts, backoffMs, maxBackoffMs } = retryDefaults;
  return (
    <Part>
      <PolicyField
        node={node}
        kind="number"
        label={texts.attempts.label}
        help={texts.attempts.help}
        now={shown(retry?.attempts)}
        otherwise={String(attempts)}
        change={(text) => withRetry(policy, { attempts: numberOf(text) ?? attempts })}
      />
      <PolicyField
        node={node}
        kind="number"
        label={texts.timeout.label}
        help={texts.timeout.help}
        now={shown(policy?.timeoutMs, 1_000)}
        otherwise={texts.timeout.empty}
        change={(text) => withPart(policy, 'timeoutMs', msOf(text))}
      />
      <PolicyField
        node={node}
        kind="number"
        label={texts.delay.label}
        help={texts.delay.help}
        now={shown(retry?.backoffMs, 1_000)}
        otherwise={shown(backoffMs, 1_000)}
        change={(text) => withRetry(policy, { backoffMs: msOf(text) ?? backoffMs })}
      />
      <PolicyField
        node={node}
        kind="number"
        label={texts.maxDelay.label}
        help={texts.maxDelay.help}
        now={shown(retry?.maxBackoffMs, 1_000)}
        otherwise={shown(maxBackoffMs, 1_000)}
        change={(text) => withRetry(policy, { maxBackoffMs: msOf(text) ?? maxBackoffMs })}
      />
      <PolicyField
        node={node}
        kind="number"
        label={texts.jitter.label}
        help={texts.jitter.help}
        now={retry?.jitter === undefined ? '' : String(Math.round(retry.jitter * 100))}
        otherwise={String(usualJitter * 100)}
        change={(text) => {
          const percent = numberOf(text);
          return withRetry(policy, {
            jitter: percent === undefined ? undefined : percent / 100,
          });
        }}
      />
      <PolicyField
        node={node}
        kind="line"
        label={texts.codes.label}
        help={texts.codes.help}
        now={retry?.codes?.join(', ') ?? ''}
        otherwise={texts.codes.empty}
        change={(text) => withRetry(policy, { codes: codesOf(text) })}
      />
    </Part>
  );
}

type Choice<Value extends string> = { value: Value; label: string; hint: string };

const { failure, unknown } = texts;
const ends: Choice<NonNullable<Policy['onError']>>[] = [
  { value: 'fail', ...failure.choices.fail },
  { value: 'port', ...failure.choices.port },
  { value: 'continue', ...failure.choices.continue },
];
const repeats: Choice<NonNullable<Policy['sideEffects']>>[] = [
  { value: 'repeat', ...unknown.choices.repeat },
  { value: 'once', ...unknown.choices.once },
  { value: 'ask', ...unknown.choices.ask },
];

function Chooser<Value extends string>({
  label,
  help,
  value,
  choices,
  onChoose,
}: {
  label: string;
  help: string;
  value: Value;
  choices: Choice<Value>[];
  onChoose: (value: Value) => void;
}) {
  const canEdit = useCanEdit();
  const hint = choices.find((choice) => choice.value === value)?.hint;
  return (
    <Field label={label} hint={hint} help={help}>
      <Select
        value={value}
        disabled={!canEdit}
        options={choices}
        onValueChange={(next) => onChoose(next as Value)}
      />
    </Field>
  );
}

/** What is done without a policy: some steps say that they act once only. */
function usualEffects({ type, config }: DraftNode): NonNullable<Policy['sideEffects']> {
  const known = typeOf(type);
  const parsed = known?.config.safeParse(config);
  return (parsed?.success ? known?.effects?.(parsed.data) : undefined) ?? 'repeat';
}

function Failing({ node }: { node: DraftNode }) {
  const { copy } = useSession();
  const { policy } = node;
  const set = (next: Policy) => setPolicy(copy.draft, node.id, next);
  const otherwise = usualEffects(node);
  return (
    <>
      <Chooser
        label={texts.failure.label}
        help={texts.failure.help}
        value={policy?.onError ?? 'fail'}
        choices={ends}
        onChoose={(value) => set(withOnError(policy, value))}
      />
      {policy?.onError === 'continue' ? (
        <PolicyField
          node={node}
          kind="code"
          label={texts.fallback.label}
          help={texts.fallback.help}
          now={policy.fallback === undefined ? '' : JSON.stringify(policy.fallback)}
          otherwise={texts.fallback.empty}
          change={(text) => {
            try {
              return withPart(policy, 'fallback', jsonOf(text));
            } catch {
              throw new Error(texts.wrong.json);
            }
          }}
        />
      ) : null}
      <Chooser
        label={texts.unknown.label}
        help={texts.unknown.help}
        value={policy?.sideEffects ?? otherwise}
        choices={repeats}
        onChoose={(value) =>
          set(withPart(policy, 'sideEffects', value === otherwise ? undefined : value))
        }
      />
    </>
  );
}

function Repeating({ node }: { node: DraftNode }) {
  const session = useSession();
  const { policy } = node;
  return (
    <Part>
      <PolicyField
        node={node}
        kind="line"
        className="col-span-2"
        label={texts.cache.label}
        help={texts.cache.help}
        hint={texts.cache.hint}
        now={policy?.cache?.key ?? ''}
        otherwise={texts.cache.empty}
        change={(text) => {
          const [wrong] =
            text.trim() === '' ? [] : checkExpression(text, knownNames(session, node.id));
          if (wrong) throw new Error(wrong.message);
          return withCache(policy, { key: text });
        }}
      />
      {policy?.cache ? (
        <PolicyField
          node={node}
          kind="number"
          label={texts.cacheTime.label}
          help={texts.cacheTime.help}
          now={shown(policy.cache.forMs, 60_000)}
          otherwise={texts.cacheTime.empty}
          change={(text) => {
            const minutes = numberOf(text);
            return withCache(policy, {
              forMs: minutes === undefined ? undefined : Math.round(minutes * 60_000),
            });
          }}
        />
      ) : null}
      <PolicyField
        node={node}
        kind="number"
        label={texts.priority.label}
        help={texts.priority.help}
        now={shown(policy?.priority)}
        otherwise={texts.priority.empty}
        change={(text) => withPart(policy, 'priority', numberOf(text) || undefined)}
      />
    </Part>
  );
}
