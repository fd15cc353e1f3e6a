-- Groups become key points of the kind that most of their posts name, by the moderator who made
-- them. A group of posts that all name no kind was counted nowhere and is not kept.
INSERT INTO "key_points" ("id", "kind", "region", "created_at", "created_by_id")
SELECT id, kind, region, created_at, created_by_id FROM (
	SELECT old.id, old.region, old.created_at,
		(SELECT barriers.kind FROM barrier_group_posts AS members
			INNER JOIN post_barriers AS barriers ON barriers.post_id = members.post_id
			WHERE members.group_id = old.id
			GROUP BY barriers.kind ORDER BY count(*) DESC, barriers.kind LIMIT 1) AS kind,
		(SELECT acts.person_id FROM barrier_acts AS acts
			WHERE acts.act = 'group' AND acts.subject = old.id
			ORDER BY acts.created_at LIMIT 1) AS created_by_id
	FROM barrier_groups AS old
) AS named WHERE kind IS NOT NULL;--> statement-breakpoint
INSERT INTO "key_point_posts" ("post_id", "key_point_id", "said_by", "added_by_id", "created_at")
SELECT members.post_id, points.id, 'moderator',
	(SELECT acts.person_id FROM barrier_acts AS acts, json_array_elements_text(acts.post_ids) AS one(value)
		WHERE acts.act IN ('group', 'join') AND acts.subject = points.id AND one.value = members.post_id
		ORDER BY acts.created_at DESC LIMIT 1),
	coalesce((SELECT acts.created_at FROM barrier_acts AS acts, json_array_elements_text(acts.post_ids) AS one(value)
		WHERE acts.act IN ('group', 'join') AND acts.subject = points.id AND one.value = members.post_id
		ORDER BY acts.created_at DESC LIMIT 1), points.created_at)
FROM barrier_group_posts AS members INNER JOIN key_points AS points ON points.id = members.group_id;--> statement-breakpoint
INSERT INTO "key_point_acts" ("id", "act", "key_point_id", "person_id", "before", "after", "created_at")
SELECT acts.id, CASE acts.act WHEN 'group' THEN 'make' ELSE 'add' END, acts.subject, acts.person_id,
	json_build_object('posts', (SELECT json_object_agg(one.value, NULL::json) FROM json_array_elements_text(acts.post_ids) AS one(value))),
	json_build_object('posts', (SELECT json_object_agg(one.value, json_build_object('keyPointId', acts.subject, 'saidBy', 'moderator', 'addedById', acts.person_id, 'createdAt', acts.created_at)) FROM json_array_elements_text(acts.post_ids) AS one(value))),
	acts.created_at
FROM barrier_acts AS acts INNER JOIN key_points AS points ON points.id = acts.subject
WHERE acts.act IN ('group', 'join');--> statement-breakpoint
DROP TABLE "barrier_acts" CASCADE;--> statement-breakpoint
DROP TABLE "barrier_group_posts" CASCADE;--> statement-breakpoint
DROP TABLE "barrier_groups" CASCADE;--> statement-breakpoint
DROP TABLE "barrier_set_aside" CASCADE;