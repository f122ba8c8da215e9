'use client';

import { Dialog, Popover as Radix } from 'radix-ui';
import { type ReactNode, useMemo, useSyncExternalStore } from 'react';
import { useObservable } from '@/components/observable/use-observable';
import { useSession } from '@/components/session/session';
import type { OpenComment } from '@/components/session/state/comment-state';
import { overlayStyles } from '@/components/ui/overlays/dialog';
import type { Anchor } from '@/lib/comments/schema';
import { Composer } from './composer';
import { closeThread, openThread } from './open-thread';
import { keyOf } from './pin-position';
import { PlaceName } from './place-name';
import { useStartThread } from './queries';
import { ThreadView } from './thread-view';

/** The thread beside its pin, or beside its text; a sheet from below on a phone. */
export function CommentPopover() {
  const session = useSession();
  const open = useObservable(session.comments, (now) => now.open);
  const phone = usePhone();
  if (!open) return null;
  const key = open.threadId ?? `new:${keyOf(open.anchor)}`;
  const Frame = phone ? BottomSheet : Beside;
  return (
    <Frame key={key} open={open}>
      <Content open={open} focus={!phone} />
    </Frame>
  );
}

const phoneQuery = '(max-width: 640px)';
function usePhone(): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(phoneQuery);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(phoneQuery).matches,
    () => false,
  );
}

function Content({ open, focus }: { open: OpenComment; focus: boolean }) {
  const session = useSession();
  const close = () => closeThread(session);
  if (open.threadId === undefined) return <NewThread anchor={open.anchor} />;
  return (
    <ThreadView
      threadId={open.threadId}
      place={(thread) => <PlaceName anchor={thread.anchor} />}
      onClose={close}
      onGone={close}
      focus={focus}
    />
  );
}

function NewThread({ anchor }: { anchor: Anchor }) {
  const session = useSession();
  const start = useStartThread(session.workflowId);
  return (
    <div className="p-2">
      {anchor.kind === 'text' && anchor.quote !== '' ? (
        <blockquote className="mx-1 mt-1 mb-2 line-clamp-2 border-l-2 border-warning pl-2 text-xs whitespace-pre-line text-muted">
          {anchor.quote}
        </blockquote>
      ) : null}
      <Composer
        draftKey={`new:${session.workflowId}:${keyOf(anchor)}`}
        label="New comment"
        placeholder="Comment, @ to mention"
        focus
        onSend={async (body) => openThread(session, await start.mutateAsync({ anchor, body }))}
      />
    </div>
  );
}

/** What the popover stands beside: the text of its range, else its pin. */
function elementOf({ threadId = 'new' }: OpenComment): Element | null {
  const id = CSS.escape(threadId);
  return (
    document.querySelector(`[data-comment-range="${id}"]`) ??
    document.querySelector(`[data-comment-pin="${id}"]`)
  );
}

const ownMarks = '[data-comment-pin], [data-comment-range], [data-sonner-toast]';

/** Escape ends the choice of a name first. */
function keepWhileCompleting(event: KeyboardEvent) {
  if (event.target instanceof Element && event.target.matches('[data-completing]')) {
    event.preventDefault();
  }
}

/** The field of who may write takes the focus by itself; else the frame has it, and no button. */
function focusFrame(event: Event) {
  event.preventDefault();
  const frame = event.currentTarget;
  if (!(frame instanceof HTMLElement) || frame.contains(document.activeElement)) return;
  frame.focus({ preventScroll: true });
}

type FrameProps = { open: OpenComment; children: ReactNode };

function Beside({ open, children }: FrameProps) {
  const session = useSession();
  const anchor = useMemo(() => {
    let last = new DOMRect(innerWidth / 2, innerHeight / 3, 0, 0);
    const getBoundingClientRect = () => {
      const element = elementOf(open);
      const box = element?.getBoundingClientRect();
      // Beside its editor, so that no word is covered.
      const editor = element?.closest('.cm-editor')?.getBoundingClientRect();
      if (box) last = editor ? new DOMRect(editor.x, box.y, editor.width, box.height) : box;
      return last;
    };
    return { current: { getBoundingClientRect } };
  }, [open]);
  const close = () => closeThread(session);
  return (
    <Radix.Root open onOpenChange={close}>
      <Radix.Anchor virtualRef={anchor} />
      <Radix.Portal>
        <Radix.Content
          aria-label={open.threadId === undefined ? 'New comment' : 'Comment thread'}
          side={open.anchor.kind === 'text' ? 'left' : 'right'}
          align="start"
          sideOffset={8}
          collisionPadding={8}
          updatePositionStrategy="always"
          onEscapeKeyDown={keepWhileCompleting}
          onInteractOutside={(event) => {
            if (event.target instanceof Element && event.target.closest(ownMarks)) {
              event.preventDefault();
            }
          }}
          onOpenAutoFocus={focusFrame}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            const mark = elementOf(open);
            if (mark instanceof HTMLElement) mark.focus({ preventScroll: true });
          }}
          className="z-50 flex max-h-[min(28rem,var(--radix-popover-content-available-height))] w-80 animate-in flex-col rounded-lg border border-border-strong bg-raised text-sm shadow-pop outline-none"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function BottomSheet({ open, children }: FrameProps) {
  const session = useSession();
  return (
    <Dialog.Root open onOpenChange={() => closeThread(session)}>
      <Dialog.Portal>
        <Dialog.Overlay className={overlayStyles} />
        <Dialog.Content
          aria-describedby={undefined}
          onEscapeKeyDown={keepWhileCompleting}
          onOpenAutoFocus={focusFrame}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[80dvh] animate-in flex-col rounded-t-xl border-t border-border-strong bg-raised pb-[env(safe-area-inset-bottom)] text-sm shadow-pop outline-none"
        >
          <Dialog.Title className="sr-only">
            {open.threadId === undefined ? 'New comment' : 'Comment thread'}
          </Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
