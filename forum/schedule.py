"""What the clock starts, in seconds. The sweeps find what a lost broker forgot: rows are the truth, tasks only a hurry-up."""

SCHEDULE = {
    "sweep-messages": {"task": "forum.sweep_messages", "schedule": 10.0},
    "sweep-jobs": {"task": "forum.sweep_jobs", "schedule": 15.0},
    "erase-files": {"task": "forum.erase_files", "schedule": 3600.0},
    "expire-proposals": {"task": "agenda.expire_proposals", "schedule": 60.0},
    "erase-wishes": {"task": "agenda.erase_wishes", "schedule": 3600.0},
    "erase-badges": {"task": "badges.erase_badges", "schedule": 3600.0},
    "erase-plant-lists": {"task": "agenda.erase_lists", "schedule": 3600.0},
    "sweep-api-answers": {"task": "forum.sweep_api_answers", "schedule": 3600.0},
    "sweep-places": {"task": "registration.sweep_places", "schedule": 60.0},
    "erase-lists": {"task": "registration.erase_lists", "schedule": 3600.0},
    "erase-documents": {"task": "registration.erase_documents", "schedule": 3600.0},
    "sweep-visas": {"task": "registration.sweep_visas", "schedule": 600.0},
    "sweep-vehicles": {"task": "registration.sweep_vehicles", "schedule": 600.0},
    "erase-answers": {"task": "registration.erase_answers", "schedule": 3600.0},
    "erase-people": {"task": "registration.erase_people", "schedule": 3600.0},
    "sweep-credentials": {"task": "badges.sweep_credentials", "schedule": 30.0},
}
