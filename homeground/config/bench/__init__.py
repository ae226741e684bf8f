"""What a page costs in CPU time of the application and of PostgreSQL, beside a floor page in the same run."""
