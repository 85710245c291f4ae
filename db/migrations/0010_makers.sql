ALTER TABLE "client_tokens" ADD COLUMN "created_by" uuid;--> statement-breakpoint
-- Who made the tokens that can still be used, as the log tells.
UPDATE client_tokens t SET created_by = (
	SELECT e.actor_id FROM events e
	 WHERE e.target_id = t.client_id AND e.outcome = 'succeeded'
	   AND e.operation IN ('client.generate', 'client.reregister', 'client.reprovision')
	 ORDER BY e.at DESC, e.id DESC LIMIT 1)
 WHERE t.used_at IS NULL AND t.revoked_at IS NULL AND t.expires_at > now();--> statement-breakpoint
-- Until now `setting.update` was enough to set how mail is sent. Home tells who may not any more, until it is dismissed.
INSERT INTO settings (key, value)
SELECT 'notice.mail_configure', 'true' WHERE EXISTS (SELECT 1 FROM users)
ON CONFLICT DO NOTHING;
