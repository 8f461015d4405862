"""Planning with a person: the plan, its versions, what parties said, ratings."""
