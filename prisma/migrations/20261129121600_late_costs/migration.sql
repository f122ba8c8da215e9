-- The end of a run is final, but for what an attempt cost whose worker could only say so afterwards (`StepSpent`): the
-- number of its last event and its tokens may grow, and nothing else of its end changes.
CREATE OR REPLACE FUNCTION "refuse_change_of_ended_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = OLD.status AND NEW.seq > OLD.seq AND NEW.finished_at IS NOT DISTINCT FROM OLD.finished_at
    AND NEW.output::text IS NOT DISTINCT FROM OLD.output::text
    AND NEW.error::text IS NOT DISTINCT FROM OLD.error::text
    AND NEW.input_tokens >= OLD.input_tokens AND NEW.output_tokens >= OLD.output_tokens
    AND NEW.cost_usd >= OLD.cost_usd
    AND (NEW.input_tokens, NEW.output_tokens) IS DISTINCT FROM (OLD.input_tokens, OLD.output_tokens)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'run % has ended as %: this is final', OLD.id, OLD.status USING ERRCODE = 'check_violation';
END $$;
